// Writes the tables of each action's README from its manifest; with --check it only says whether they are up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

interface Manifest {
  readonly inputs?: Readonly<
    Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>
  >;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

const BEGIN = '<!-- The tables below come from action.yml: npm run manuals -->';
const folder = fileURLToPath(new URL('../actions/', import.meta.url));
const check = process.argv.includes('--check');

for (const action of actions()) {
  const file = join(folder, action, 'README.md');
  const text = readFileSync(file, 'utf8');
  const wanted = `${text.split(BEGIN)[0]?.trimEnd()}\n\n${BEGIN}\n${tables(action)}`;
  if (!check) {
    writeFileSync(file, wanted);
  } else if (text !== wanted) {
    console.error(`actions/${action}/README.md is not what its action.yml says: run npm run manuals`);
    process.exitCode = 1;
  }
}

/** The folders that hold an action; that of the root action holds only its stubs. */
function actions(): string[] {
  return readdirSync(folder).filter((name) => readdirSync(join(folder, name)).includes('action.yml'));
}

function tables(action: string): string {
  const { inputs = {}, outputs = {} } = parse(
    readFileSync(join(folder, action, 'action.yml'), 'utf8'),
  ) as Manifest;
  const given = Object.entries(inputs).map(([name, { description, required, default: value }]) => [
    `\`${name}\`${required ? ' (required)' : ''}`,
    description,
    value === undefined ? '' : `\`${value}\``,
  ]);
  const told = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return [
    ...table('Inputs', ['input', 'what it is', 'default'], given),
    ...table('Outputs', ['output', 'what it is'], told),
  ].join('\n');
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.trim().replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0
    ? []
    : ['', `## ${title}`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}
