import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadUpgradeFiles } from '../src/config/load.ts';
import { jumpOf } from '../src/domain/jump.ts';
import { chartKind } from './support/mermaid.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tests = import.meta.dirname;

/** Every trap of the domain: each has to be a row. */
const TRAPS = [
  'Roles share hosts',
  'Roles share databases',
  'Several workers of one role',
  'The database server stays up, needrestart or not',
  'Installing starts services',
  'A reboot starts services',
  'What ran before runs after, what was down stays down',
  'Stopped is not "no writers"',
  'The newest version is not the target',
  "Apt's transaction does something else",
  'Maintainer scripts migrate too',
  'Questions',
  'The first dump is sacred',
  'A dump counts when it is proved, and lasts',
  'Dumps are secrets',
  'A lost connection is not a failed step',
  'sudo drops variables and asks for a password',
  'The runner dies',
  'Two kinds of init',
  'A failed start of the journey ends at home',
  'Rollback has a point of no return',
];

describe('docs/traps.md', () => {
  const text = readFileSync(join(tests, '..', 'docs', 'traps.md'), 'utf8');
  const [table = '', more = ''] = text.split(/^More that/m);
  const rows = rowsOf(table);

  /** The rows of a table, without its heading. */
  function rowsOf(markdown: string): string[][] {
    const lines = markdown.split('\n').filter((line) => line.startsWith('| '));
    return lines.slice(1).map((line) => line.slice(2, -2).split(' | '));
  }

  /** The file of a test as a cell names it, or nothing. */
  function found(name: string): string | undefined {
    return ['', 'fleet', 'fleet/support']
      .map((place) => join(tests, place, name))
      .find((path) => existsSync(path));
  }

  it('has a row for every trap, and a cell for every layout and init', () => {
    expect(rows.map(([trap = '']) => trap.split(': ')[0])).toEqual(TRAPS);
    const kinds = table.split('\n').find((line) => line.startsWith('| trap'));
    expect(rows.filter((row) => row.length !== (kinds?.split(' | ').length ?? 0))).toEqual([]);
  });

  it('names a test in every cell, or says why there is none', () => {
    const cells = rows.flatMap(([, ...own]) => own);
    const says = /^none: [a-z]|^(\*here\*(, [a-z]+)?: )?`[a-z]|^\*(whole|chain)\*( \(`|: [a-z]|$)/;
    expect(cells.filter((cell) => cell.split('; ').some((part) => !says.test(part)))).toEqual([]);
    expect(cells.filter((cell) => cell.includes('.ts')).length).toBeGreaterThan(50);
    expect(rowsOf(more).filter(([, tests = '']) => !tests.includes('.test.ts'))).toEqual([]);
  });

  it('names only tests that are there', () => {
    const names = [...text.matchAll(/`([a-z/-]+(?:\.test)?\.ts)`/g)].map(([, name = '']) => name);
    expect(names.filter((name) => found(name) === undefined)).toEqual([]);
  });

  it('calls a part of the whole or of the chain what that really runs', () => {
    for (const row of rows) {
      for (const [index, cell] of row.entries()) {
        const layout = index < 3 ? 'spread' : index < 5 ? 'compact' : 'webshop';
        for (const [, story, parts = ''] of cell.matchAll(/\*(whole|chain)\* \(([^)]*)\)/g)) {
          const root = `${story === 'whole' ? 'upgrade' : 'chain'}-${layout}.test.ts`;
          const missing = [...parts.matchAll(/`([^`]+)`/g)].filter(
            ([, part = '']) => !reached(join(tests, 'fleet', root)).has(join(tests, 'fleet/support', part)),
          );
          expect({ trap: row[0], root, missing }).toEqual({ trap: row[0], root, missing: [] });
        }
      }
    }
  });
});

/** All files of tests that a file imports, itself and at a distance. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const path = join(file, '..', target);
      if (path.startsWith(tests)) {
        reached(path, seen);
      }
    }
  }
  return seen;
}

describe('docs/plans.md', () => {
  const text = readFileSync(join(tests, '..', 'docs', 'plans.md'), 'utf8');
  const blocks = [...text.matchAll(/^```yaml( inventory)?\n([\s\S]*?)^```$/gm)];
  const inventory = blocks.filter(([, kind]) => kind !== undefined).map(([, , yaml = '']) => yaml);

  /** The blocks of the plan as one document: a key that comes again goes on where it ended. */
  function planOfBlocks(): string {
    const parts = new Map<string, string[]>();
    for (const [, kind, yaml = ''] of blocks) {
      let key = 'roles:';
      for (const line of kind === undefined ? yaml.trimEnd().split('\n') : []) {
        key = /^(\w+:)/.exec(line)?.[1] ?? key;
        const known = parts.get(key);
        if (known === undefined) {
          parts.set(key, [line]);
        } else if (!line.startsWith(key)) {
          known.push(line);
        }
      }
    }
    return [...parts.values()].flat().join('\n');
  }

  it('has a plan and an inventory that hold together, word by word', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'plan.yml'), `${planOfBlocks()}\n`);
    cpSync(join(tests, '..', 'examples', 'plans', 'webshop'), join(folder.path, 'webshop'), {
      recursive: true,
    });
    const loaded = loadUpgradeFiles({
      plan: 'plan.yml',
      inventory: inventory.join('\n'),
      builtInFolder: join(tests, '..', 'plans'),
      workspace: folder.path,
    });
    expect(Object.keys(loaded.plan.roles)).toEqual(['web', 'worker']);
    expect(loaded.plan.roles.worker?.health).toHaveLength(1);
    expect(loaded.plan.steps.map(({ name }) => name)).toEqual(['settings', 'clear-cache']);
    expect(Object.keys(loaded.inventory.hosts)).toEqual(['web1', 'web2', 'worker']);
  });
});

describe('examples/workflows', () => {
  it('has an inventory behind a bastion that can be read', async () => {
    const file = join(tests, '..', 'examples', 'workflows', 'bastion.yml');
    const { jobs } = parse(readFileSync(file, 'utf8')) as {
      jobs: { upgrade: { with: Record<string, string> } };
    };
    await using folder = await temporaryFolder();
    const { plan = '', inventory = '' } = jobs.upgrade.with;
    const loaded = loadUpgradeFiles({
      plan,
      inventory,
      builtInFolder: join(tests, '..', 'plans'),
      workspace: folder.path,
    });
    expect(jumpOf(loaded.inventory, 'node2')).toMatchObject({
      kind: 'address',
      address: 'bastion.example.org',
    });
  });
});

describe('the manuals', () => {
  const root = join(tests, '..');
  const pages = globSync('{*,docs/*,fleet/*,actions/*/*}.md', { cwd: root });

  it('lead to files that are there', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(root, page, '..', target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('have charts that mermaid understands', async () => {
    const kinds: string[] = [];
    for (const page of pages) {
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, chart = ''] of text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)) {
        kinds.push(`${page}: ${await chartKind(chart)}`);
      }
    }
    expect(kinds).toEqual(['README.md: flowchart-v2']);
    await expect(chartKind('flowchart LR\n  look[at --> prepare')).rejects.toThrow(/Parse error/);
  });

  it('are all named by the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const manuals = pages.filter((page) => page.startsWith('docs/'));
    expect(manuals.filter((page) => !readme.includes(`(${page})`))).toEqual([]);
  });
});
