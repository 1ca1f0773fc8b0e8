import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { foreseenRefusals, refuseOpenDumps } from '../../src/actions/dump-rules.ts';
import { ArtifactStore } from '../../src/adapters/artifact-store.ts';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ARTIFACTS = new ArtifactStore();
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** With the event of a run in such a repository. */
async function inRepository(repository: object, test: (env: Record<string, string>) => void): Promise<void> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'event.json');
  writeFileSync(file, JSON.stringify({ repository }));
  test({ GITHUB_EVENT_PATH: file });
}

describe('refuseOpenDumps', () => {
  it('lets encrypted ones go, and those that stay in a folder', () => {
    refuseOpenDumps(ARTIFACTS, [RECIPIENT], false, {});
    refuseOpenDumps(new DirectoryStore('/srv/dumps'), [], false, {});
  });

  it('wants open ones to be asked for, in a private repository too', async () => {
    await inRepository({ private: true }, (env) => {
      expect(() => refuseOpenDumps(ARTIFACTS, [], false, env)).toThrow(/set unencrypted-dumps to accept$/);
      refuseOpenDumps(ARTIFACTS, [], true, env);
    });
  });

  it.each([{ private: false }, { private: true, visibility: 'public' }, {}])(
    'lets no open ones go in a repository that is %j',
    async (repository) => {
      await inRepository(repository, (env) => {
        expect(() => refuseOpenDumps(ARTIFACTS, [], true, env)).toThrow('everybody could download them');
      });
    },
  );
});

describe('foreseenRefusals', () => {
  it('says what would be refused, and nothing where nothing is', () => {
    const refused = (): never => {
      throw new ConfigurationError('give a key');
    };
    expect(foreseenRefusals(refused)).toEqual([
      'a run that is given what this dry run is given would be refused: give a key',
    ]);
    expect(foreseenRefusals(() => undefined)).toEqual([]);
  });

  it('hides nothing that went wrong in another way', () => {
    expect(() => foreseenRefusals(() => JSON.parse('{'))).toThrow(SyntaxError);
  });
});
