// Writes what is made from manifests: the tables of each action's README and of docs/workflows.md, and the manifest of
// actions/upgrade, which is the root action's; with --check it only says whether they are up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Interface, interfaceOfWorkflow, type Manifest, tables } from './manuals/tables.ts';
import { underName } from './manuals/under-name.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

// Before the tables of its page, which are read from it.
write('actions/upgrade/action.yml', underName(read('action.yml')));
for (const action of readdirSync(join(root, 'actions'))) {
  const manifest = parse(read(`actions/${action}/action.yml`)) as Manifest;
  write(
    `actions/${action}/README.md`,
    withTables(`actions/${action}/README.md`, 'action.yml', manifest, '##'),
  );
}
for (const workflow of ['upgrade-environment', 'backup']) {
  const found = interfaceOfWorkflow(parse(read(`.github/workflows/${workflow}.yml`)));
  write('docs/workflows.md', withTables('docs/workflows.md', `${workflow}.yml`, found, '###'));
}

/** The text of a page with the tables behind the mark that names their source, up to the end of the page or its mark. */
function withTables(page: string, source: string, found: Interface, heading: string): string {
  const begin = `<!-- The tables below come from ${source}: npm run manuals -->`;
  const end = `<!-- The tables above come from ${source} -->`;
  const [before, behind] = read(page).split(begin);
  if (before === undefined || behind === undefined) {
    throw new Error(`${page} has no line "${begin}"`);
  }
  const [, after] = behind.split(end);
  const rest = after === undefined ? '' : `\n${end}${after}`;
  return `${before.trimEnd()}\n\n${begin}\n${tables(found, heading)}${rest}`;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function write(file: string, wanted: string): void {
  if (!check) {
    writeFileSync(join(root, file), wanted);
  } else if (read(file) !== wanted) {
    console.error(`${file} is not what its manifest says: run npm run manuals`);
    process.exitCode = 1;
  }
}
