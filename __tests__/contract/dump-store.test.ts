import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { ArtifactStore } from '../../src/adapters/artifact-store.ts';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { artifactRunner } from '../support/artifact-runner.ts';
import { describeDumpStore } from './dump-store.ts';

describeDumpStore('DirectoryStore', async (folder) => {
  const dir = join(folder, 'dumps');
  return {
    store: new DirectoryStore(dir),
    fileOf: async ({ path = '' }) => path,
    lose: ({ path = '' }) => rm(path),
    count: async () => (await readdir(dir).catch(() => [])).length,
    [Symbol.asyncDispose]: async () => {},
  };
});

describeDumpStore('ArtifactStore', async (folder) => {
  const runner = await artifactRunner(folder);
  const client = new DefaultArtifactClient();
  return {
    store: new ArtifactStore(),
    async fileOf({ id = 0, name }) {
      const path = join(folder, 'download');
      await client.downloadArtifact(id, { path });
      return join(path, name);
    },
    async lose({ name }) {
      await client.deleteArtifact(name);
    },
    count: async () => runner.service.artifacts().length,
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
});
