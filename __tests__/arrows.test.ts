import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const src = join(import.meta.dirname, '..', 'src');

/** Where the imports of each folder of src/ may point; nothing points up. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['actions'],
  actions: ['actions', 'phases', 'executor', 'report', 'adapters', 'config', 'domain', 'shell', 'ports.ts'],
  phases: ['phases', 'executor', 'report', 'commands', 'facts', 'domain', 'shell', 'ports.ts'],
  executor: ['executor', 'commands', 'facts', 'domain', 'shell', 'ports.ts'],
  report: ['report', 'domain'],
  adapters: ['adapters', 'domain', 'shell', 'ports.ts'],
  config: ['config', 'domain'],
  facts: ['facts', 'commands', 'domain', 'shell'],
  commands: ['commands', 'domain', 'shell'],
  domain: ['domain', 'shell'],
  shell: ['shell'],
  'ports.ts': ['domain', 'shell'],
};

/** `[file, imported text]` of every import in src/. */
function imports(): [string, string][] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const text = readFileSync(join(src, name), 'utf8');
    const found = text.matchAll(/(?:from|import\()\s*'([^']+)'/g);
    return [...found].map(([, target = '']): [string, string] => [name, target]);
  });
}

function partOf(path: string): string {
  return path.split('/')[0] ?? '';
}

describe('the arrows of the layout', () => {
  it('point down only', () => {
    const wrong = imports()
      .filter(([, target]) => target.startsWith('.'))
      .map(([file, target]) => [file, relative(src, resolve(join(src, dirname(file)), target))] as const)
      .filter(([file, target]) => !(ALLOWED[partOf(file)] ?? []).includes(partOf(target)));
    expect(wrong).toEqual([]);
  });

  it('reach the actions toolkit from actions/ and adapters/ alone', () => {
    const wrong = imports().filter(
      ([file, target]) => target.startsWith('@actions/') && !['actions', 'adapters'].includes(partOf(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('know every folder of src/', () => {
    const parts = new Set(imports().map(([file]) => partOf(file)));
    expect([...parts].filter((part) => !Object.hasOwn(ALLOWED, part))).toEqual([]);
  });

  it('name nothing that the plans here upgrade', () => {
    const words = ['plans/synnefo-0.16.yml', 'examples/plans/webshop-3.yml'].flatMap(wordsOf);
    expect(words).toEqual(
      expect.arrayContaining(['synnefo-0.16', 'gunicorn', 'snf-manage', 'python-astakosclient', 'webshop']),
    );
    const pattern = new RegExp(`\\b(${words.join('|').replaceAll('.', '\\.')}|snf-[a-z]+|alembic)\\b`);
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const wrong = files.flatMap((name) => {
      const [found] = pattern.exec(readFileSync(join(src, name), 'utf8')) ?? [];
      return found === undefined ? [] : [`${name}: ${found}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** Words of the trade that a plan uses as well. */
const USUAL = ['web', 'worker'];

/** What a plan names: itself, its roles and databases, their services and packages, and the programs that migrate. */
function wordsOf(file: string): string[] {
  const plan = parse(readFileSync(join(src, '..', file), 'utf8')) as Plan;
  const roles = Object.entries(plan.roles).flatMap(([name, role]) => [
    name,
    ...[...(role.services ?? []), ...(role.packages ?? [])],
    ...[
      role.database ?? name,
      ...(role.migrate ?? []).map((each) => (typeof each === 'string' ? each : each.run)),
    ],
  ]);
  const names = [plan.name, ...roles].map((word) => word.split(' ')[0] ?? '');
  return [...new Set(names)].filter((word) => !USUAL.includes(word));
}

interface Plan {
  readonly name: string;
  readonly roles: Readonly<Record<string, RoleWords>>;
}

interface RoleWords {
  readonly services?: readonly string[];
  readonly packages?: readonly string[];
  readonly database?: string;
  readonly migrate?: readonly (string | { readonly run: string })[];
}
