import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { describe, expect, it } from '@jest/globals';
import type { Faults } from '../../fleet/artifact-service.ts';
import { ArtifactStore } from '../../src/adapters/artifact-store.ts';
import { hashFile } from '../../src/adapters/file-hash.ts';
import { UpgradeError } from '../../src/domain/errors.ts';
import { artifactRunner, type Runner } from '../support/artifact-runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Test = (file: string, runner: Runner, folder: string) => Promise<void>;

async function withRunner(test: Test, faults: Faults = {}): Promise<void> {
  await using folder = await temporaryFolder();
  await using runner = await artifactRunner(folder.path, faults);
  const file = join(folder.path, 'dump.tmp');
  await writeFile(file, 'a dump '.repeat(1000));
  await test(file, runner, folder.path);
}

describe('ArtifactStore', () => {
  it('uploads one raw file, and says where a person finds it', () =>
    withRunner(async (file, { service }) => {
      const { id, url } = await new ArtifactStore().put(file, 'a.dump.age');
      expect(url).toBe(`https://github.com/example/cloud/actions/runs/1/artifacts/${id}`);
      expect(service.artifacts()).toMatchObject([
        { id, name: 'a.dump.age', mimeType: 'application/octet-stream', ...(await hashFile(file)) },
      ]);
    }));

  it('packs a file that the service refuses as it is, and looks that it comes out again', () =>
    withRunner(
      async (file, { service }, folder) => {
        const content = await hashFile(file);
        const { id = 0, ...stored } = await new ArtifactStore().put(file, 'a.dump');
        expect(stored).toMatchObject({ kind: 'artifact', name: 'a.dump', ...content });
        const [artifact] = service.artifacts();
        expect(artifact).toMatchObject({ mimeType: 'application/zip', name: 'a.dump' });
        // Not compressed, so that a large dump does not take minutes.
        expect(artifact?.bytes).toBeGreaterThan(content.bytes);
        await new DefaultArtifactClient().downloadArtifact(id, { path: folder });
        expect(await hashFile(join(folder, 'a.dump'))).toEqual(content);
      },
      { contentTypes: ['application/zip'] },
    ));

  it('fails when the service takes neither', () =>
    withRunner(
      async (file, { service }) => {
        const put = new ArtifactStore().put(file, 'a.dump');
        await expect(put).rejects.toThrow('the dump a.dump could not be uploaded');
        expect(service.artifacts()).toEqual([]);
      },
      { contentTypes: [] },
    ));

  it.each<[string, Faults]>([
    ['bytes are lost on the way', { damage: (block) => block.subarray(1) }],
    ['a bit turns on the way', { damage: (block) => Buffer.from(block).fill(0, 0, 1) }],
    ['a block is refused', { refuse: (operation) => (operation === 'PutBlock' ? 403 : undefined) }],
    [
      'the list of blocks is refused',
      { refuse: (operation) => (operation === 'PutBlockList' ? 403 : undefined) },
    ],
    ['the end is refused', { refuse: (operation) => (operation === 'FinalizeArtifact' ? 403 : undefined) }],
    ['it cannot be listed', { refuse: (operation) => (operation === 'ListArtifacts' ? 403 : undefined) }],
    ['the service has another hash', { digest: (digest) => digest.replace(/.{4}$/, 'beef') }],
  ])('does not count a dump when %s', (_, faults) =>
    withRunner(async (file, _runner, folder) => {
      const temporary = await mkdtemp(join(folder, 'runner-'));
      const store = new ArtifactStore({ env: { RUNNER_TEMP: temporary } });
      const error = await store.put(file, 'a.dump').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UpgradeError);
      expect(error).toMatchObject({ details: { state: expect.stringContaining('no proved copy') } });
      expect(await readdir(temporary)).toEqual([]);
    }, faults),
  );

  it('counts a dump whose hash the service does not tell', () =>
    withRunner(
      async (file) => {
        expect(await new ArtifactStore().put(file, 'a.dump')).toMatchObject({ name: 'a.dump' });
      },
      { digest: () => undefined },
    ));

  it('refuses a name whose earlier upload was cut short, and says so', () => {
    let refused = false;
    const refuse = (operation: string) => {
      const first = operation === 'FinalizeArtifact' && !refused;
      refused ||= first;
      return first ? 403 : undefined;
    };
    return withRunner(
      async (file) => {
        const store = new ArtifactStore();
        await expect(store.put(file, 'a.dump')).rejects.toThrow('could not be uploaded');
        await expect(store.put(file, 'a.dump')).rejects.toThrow('has an artifact named a.dump already');
        expect(await store.has(await store.put(file, 'b.dump'))).toBe(true);
      },
      { refuse },
    );
  });

  it('asks for the days that a dump is kept', () =>
    withRunner(async (file, { service }) => {
      await new ArtifactStore({ retentionDays: 3 }).put(file, 'a.dump');
      await new ArtifactStore().put(file, 'b.dump');
      const [first, second] = service.artifacts().map(({ expiresAt }) => expiresAt);
      expect(Math.round((Date.parse(first ?? '') - Date.now()) / 86_400_000)).toBe(3);
      expect(second).toBeUndefined();
    }));
});
