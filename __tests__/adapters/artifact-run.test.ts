import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { artifactUrl, otherRunOf } from '../../src/adapters/artifact-run.ts';
import { ArtifactStore } from '../../src/adapters/artifact-store.ts';
import type { StoredDump } from '../../src/ports.ts';
import { Secret } from '../../src/shell/secret.ts';
import { artifactRunner } from '../support/artifact-runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const env = { GITHUB_REPOSITORY: 'example/cloud', GITHUB_RUN_ID: '7' };
const token = new Secret('token', 'value');

function stored(url?: string): StoredDump {
  const dump = { kind: 'artifact', name: 'a.dump', sha256: '', bytes: 0, id: 5 } as const;
  return url === undefined ? dump : { ...dump, url };
}

describe('artifactUrl', () => {
  it('is the page of the artifact', () => {
    expect(artifactUrl(env, 5)).toBe('https://github.com/example/cloud/actions/runs/7/artifacts/5');
    const enterprise = { ...env, GITHUB_SERVER_URL: 'https://example.ghe.com' };
    expect(artifactUrl(enterprise, 5)).toBe(
      'https://example.ghe.com/example/cloud/actions/runs/7/artifacts/5',
    );
  });

  it('is unknown outside a run', () => {
    expect(artifactUrl({ ...env, GITHUB_RUN_ID: '' }, 5)).toBeUndefined();
    expect(artifactUrl({}, 5)).toBeUndefined();
  });
});

describe('otherRunOf', () => {
  it.each([undefined, 'nonsense', artifactUrl(env, 5)])(
    'is nothing for this run or an unknown one: %s',
    (url) => {
      expect(otherRunOf(stored(url), env, undefined)).toBeUndefined();
    },
  );

  it.each([{ GITHUB_RUN_ID: '6' }, { GITHUB_REPOSITORY: 'example/other' }])(
    'is the run of the page: %j',
    (other) => {
      const { GITHUB_REPOSITORY, GITHUB_RUN_ID } = { ...env, ...other };
      const [repositoryOwner, repositoryName] = GITHUB_REPOSITORY.split('/');
      const found = otherRunOf(stored(artifactUrl({ ...env, ...other }, 5)), env, token);
      expect(found).toEqual({
        token: 'value',
        repositoryOwner,
        repositoryName,
        workflowRunId: Number(GITHUB_RUN_ID),
      });
    },
  );
});

// One service for the whole file: the client reads the address of the REST API once, when it is loaded.
describe('ArtifactStore with dumps of another run', () => {
  it('finds a dump of another run with a token, and says so without one', async () => {
    await using folder = await temporaryFolder();
    await using runner = await artifactRunner(folder.path);
    const file = join(folder.path, 'dump.tmp');
    await writeFile(file, 'a dump');
    const stored = await new ArtifactStore().put(file, 'a.dump');
    runner.become('2');
    const without = new ArtifactStore().has(stored);
    await expect(without).rejects.toThrow('a.dump is an artifact of another run');
    const store = new ArtifactStore({ token: new Secret('token', runner.service.token) });
    expect(await store.has(stored)).toBe(true);
    expect(await store.has({ ...stored, id: 1 })).toBe(false);
  });
});
