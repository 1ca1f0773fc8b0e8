import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FLEET_SOURCES } from '../paths.ts';

/** As the examples pin it. */
const DOWNLOAD_ARTIFACT = 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c';

const MANIFEST = `
name: download an artifact
inputs: { artifact-ids: { required: true, description: its id }, path: { required: true, description: where to } }
runs: { using: node24, main: main.mjs }
`;

/**
 * GitHub's own action cannot be fetched here: this stands in for it with the client that it is made of, as far as one
 * artifact of the same run is wanted.
 * @returns where act finds it
 */
export function downloadArtifact(folder: string): Record<string, string> {
  // By its file: what act copies has no node_modules beside it.
  const client = join(dirname(FLEET_SOURCES), 'node_modules/@actions/artifact/lib/artifact.js');
  mkdirSync(folder);
  writeFileSync(join(folder, 'action.yml'), MANIFEST);
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { DefaultArtifactClient } from ${JSON.stringify(pathToFileURL(client).href)};
const id = Number(process.env['INPUT_ARTIFACT-IDS']);
await new DefaultArtifactClient().downloadArtifact(id, { path: process.env.INPUT_PATH });
`,
  );
  return { [DOWNLOAD_ARTIFACT]: folder };
}
