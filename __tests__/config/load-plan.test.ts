import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPlan } from '../../src/config/load-plan.ts';
import { aFolder, mistakesOf, PLAN } from './files.ts';

/** Loads `plan.yml` from a workspace with these files beside it. */
function load(text: string, files: Record<string, string> = {}) {
  using workspace = aFolder({ 'plans/plan.yml': text, ...files });
  using builtIn = aFolder({ 'shop-2.yml': PLAN });
  return loadPlan('plans/plan.yml', { workspace: workspace.path, builtInFolder: builtIn.path });
}

const mistakes = (text: string, files: Record<string, string> = {}) => mistakesOf(() => load(text, files));

/** What is said of a plan with one more line, without its place. */
const words = (line: string, files: Record<string, string> = {}) =>
  mistakes(`${PLAN}${line}\n`, files).map((text) => text.replace(/^plans\/plan\.yml:\d+:\d+: /, ''));

describe('loadPlan', () => {
  it('fills in what was left out', () => {
    const { plan, path } = load(PLAN);
    expect(path).toMatch(/\/plans\/plan\.yml$/);
    expect(plan).toEqual({
      schema: 1,
      name: 'shop-2',
      versions: { from: {}, to: { 'shop-*': '>= 2, < 3~' }, same: [] },
      apt: { allow: [] },
      'stop-order': ['web'],
      'start-order': ['web'],
      answers: [],
      services: { web: {} },
      roles: {
        front: {
          services: ['web'],
          packages: ['shop-front'],
          serial: false,
          database: 'shop',
          migrate: [{ run: 'shop-migrate', repeat: 'restore-first', 'time-limit': 86_400 }],
          health: [],
        },
      },
      dumps: ['before'],
      steps: [],
    });
  });

  it('puts the dump before the upgrade first, always', () => {
    expect(load(`${PLAN}dumps: [after-steps, after-migrate]\n`).plan.dumps).toEqual([
      'before',
      'after-migrate',
      'after-steps',
    ]);
  });

  it('stops in the order of the starts unless it is told otherwise', () => {
    const two = PLAN.replace('services: [web]', 'services: [web, queue]');
    expect(load(`${two}start-order: [queue, web]\n`).plan['stop-order']).toEqual(['queue', 'web']);
    expect(load(`${two}stop-order: [queue, web]\n`).plan['start-order']).toEqual(['web', 'queue']);
  });

  it('holds files for repeatable and scripts not', () => {
    const steps = `steps:
  - { name: a, after: stop, roles: [front], run: "true" }
  - { name: b, after: stop, roles: [front], file: { content: x, path: /etc/x } }
  - { name: c, after: stop, roles: [front], run: "true", repeat: safe }
`;
    expect(load(PLAN + steps).plan.steps.map(({ repeat }) => repeat)).toEqual([
      'restore-first',
      'safe',
      'safe',
    ]);
  });

  it('takes a built-in plan by its name, and names the nearest', () => {
    using builtIn = aFolder({ 'shop-2.yml': PLAN });
    using workspace = aFolder();
    const folders = { builtInFolder: builtIn.path, workspace: workspace.path };
    expect(loadPlan('shop-2', folders).plan.name).toBe('shop-2');
    expect(mistakesOf(() => loadPlan('shop-3', folders))).toEqual([
      'shop-3:1:1: no built-in plan is called so; did you mean "shop-2"?',
    ]);
  });
});

describe('all mistakes of a plan', () => {
  it('are told at once, with their places', () => {
    const text = `schema: 2
name: Shop
versions:
  to: { "shop-*": "2.0", "Shop": any }
start-order: [web, mail]
roles:
  front:
    servces: [web]
    services: [web, 5]
    packages: [shop-front, other, "x;y"]
    migrate: [{ run: a, repeat: ask }, { runn: b }]
    pending: "("
steps:
  - { name: a, after: instal, roles: [front], run: x }
  - { name: b, after: stop, roles: [fornt], run: x }
`;
    expect(mistakes(text)).toEqual([
      'plans/plan.yml:1:9: schema: found 2, expected 1',
      'plans/plan.yml:2:7: name: found "Shop", expected a name: lower-case letters, digits, - and .',
      'plans/plan.yml:4:19: versions.to["shop-*"]: found "2.0", expected versions such as ">= 0.15, < 0.16~" (>= <= < > =, comma for and), or any',
      'plans/plan.yml:4:26: versions.to.Shop: found the key "Shop", expected a package name, or one with the wildcards * and ?',
      'plans/plan.yml:8:5: roles.front.servces: found the unknown key "servces"; did you mean "services"?',
      'plans/plan.yml:9:21: roles.front.services[1]: found 5, expected text: put it in quotes',
      'plans/plan.yml:10:35: roles.front.packages[2]: found "x;y", expected a package name: lower-case letters, digits and + - .',
      'plans/plan.yml:11:33: roles.front.migrate[0].repeat: found "ask", expected safe or restore-first',
      'plans/plan.yml:11:40: roles.front.migrate[1].run: found nothing, expected text',
      'plans/plan.yml:11:42: roles.front.migrate[1].runn: found the unknown key "runn"; did you mean "run"?',
      'plans/plan.yml:12:14: roles.front.pending: found "(", expected a regular expression',
      'plans/plan.yml:14:23: steps[0].after: found "instal", expected prepare, stop, install or migrate; did you mean "install"?',
    ]);
  });

  it('of how its parts fit are told beside those of single values', () => {
    const text = `${PLAN}nmae: x
start-order: [web, mail]
steps:
  - { name: a, after: instal, roles: [front], run: x }
  - { name: b, after: stop, roles: [fornt], run: x }
`;
    expect(mistakes(text)).toEqual([
      'plans/plan.yml:11:1: nmae: found the unknown key "nmae"; did you mean "name"?',
      'plans/plan.yml:12:20: start-order[1]: no role has the service "mail"',
      'plans/plan.yml:14:23: steps[0].after: found "instal", expected prepare, stop, install or migrate; did you mean "install"?',
      'plans/plan.yml:15:37: steps[1].roles[0]: the plan has no role "fornt"; did you mean "front"?',
    ]);
  });

  it('cause no others', () => {
    const text = PLAN.replace('[web]', '[web, "bad name"]').replace('[shop-front]', 'shop-front');
    expect(mistakes(`${text}start-order: [web]\nservices: { web: {} }\n`)).toEqual([
      'plans/plan.yml:7:21: roles.front.services[1]: found "bad name", expected a service name as `service` takes it, without .service: letters, digits and : _ . @ -',
      'plans/plan.yml:8:15: roles.front.packages: found "shop-front", expected a list',
    ]);
  });

  it.each(['', '[]', 'x', '5', '- a'])('are told of a file that holds %j', (text) => {
    expect(mistakes(text)).toHaveLength(1);
    expect(mistakes(text)[0]).toContain('expected a map of keys and values');
  });
});

describe('what a plan may hold', () => {
  const step = (text: string) => `steps: [{ name: a, after: stop, roles: [front], ${text} }]`;
  const health = (text: string) => `  node: { health: [{ ${text} }] }`;

  it.each([
    [step('run: "a\\0b"'), 'expected text without NUL'],
    [step('run: "a\\r\\nb"'), 'expected text without NUL, carriage returns'],
    [step('run: x, env: { "A-B": x }'), 'expected the name of an environment variable'],
    [
      step('run: x, secrets: [ACTIONS_RUNTIME_TOKEN]'),
      'expected the name of an environment variable that holds a secret, not one of ACTIONS_*',
    ],
    [step('run: x, time-limit: 0'), 'expected more than 0'],
    [step('run: x, time-limit: .inf'), 'expected a number'],
    [step('run: x, repeat: aks'), 'expected safe, ask or restore-first'],
    [step('script: /etc/passwd'), "expected a path relative to the plan's folder"],
    [step('script: ../x.sh'), "expected a path relative to the plan's folder"],
    [step('script: a/../../x.sh'), "expected a path relative to the plan's folder"],
    [step('file: { content: x, path: etc/x }'), 'expected an absolute path'],
    [step('file: { content: x, path: /etc/../x }'), 'expected an absolute path'],
    [step('file: { content: x, path: "/etc/" }'), 'expected an absolute path'],
    [step('file: { content: x, path: /x, mode: 0644 }'), 'expected text: put it in quotes'],
    [step('file: { content: x, path: /x, mode: "888" }'), 'expected four octal digits'],
    [step('file: { content: x, path: /x, owner: "-x" }'), 'expected a user or group name'],
    [health('http: "https://127.0.0.1/"'), 'only http is spoken'],
    [health('http: "http://a@b/"'), 'expected an http URL'],
    [health('http: "http://a/\\nHost: b"'), 'expected an http URL'],
    [health('http: "http://a/", header: { "X:": y }'), "expected a header's name"],
    [health('http: "http://a/", header: { X: "a\\r\\nb" }'), 'expected one line of text'],
    [health('http: "http://a/", header: { X: { secrt: A } }'), 'did you mean "secret"?'],
    [
      health('http: "http://a/", header: { X: 5 }'),
      'expected text: put it in quotes, or a map of keys and values',
    ],
    [health('http: "http://a/", status: 99'), 'expected at least 100'],
    ['apt: { release: "-o x" }', "expected a release's name"],
    ['apt: { allow: ["libc6", "LIBC6"] }', 'expected a package name, or one with the wildcards'],
    ['dumps: [befor]', 'did you mean "before"?'],
    ['services: { web: { process: { pidfile: run/x } } }', 'expected an absolute path'],
    ['services: { web.service: {} }', 'without .service'],
    ['answers: [{ prompt: "a\\nb", say: x }]', 'expected one line of text'],
    ['"a\\u202eb": 1', 'found the unknown key "a\\u{202e}b"'],
  ])('%s', (line, expected) => {
    const found = words(line);
    expect(found.join('\n')).toContain(expected);
    expect(found).toHaveLength(new Set(found).size);
  });

  it('keeps words of a mistake on one line', () => {
    expect(words('name2: "a\\n::error::x"')).toEqual([expect.not.stringContaining('\n')]);
  });
});

describe('where a plan may lie', () => {
  it('is the workspace, all links followed', () => {
    using workspace = aFolder({ 'in.yml': PLAN });
    using outside = aFolder({ 'plan.yml': PLAN, 'script.sh': 'true\n' });
    symlinkSync(join(outside.path, 'plan.yml'), join(workspace.path, 'link.yml'));
    symlinkSync(outside.path, join(workspace.path, 'folder'));
    symlinkSync('in.yml', join(workspace.path, 'inner.yml'));
    const folders = { builtInFolder: outside.path, workspace: workspace.path };
    const said = (name: string) => mistakesOf(() => loadPlan(name, folders));
    expect(said('inner.yml')).toEqual([]);
    expect(said(join(workspace.path, 'in.yml'))).toEqual([]);
    for (const name of ['link.yml', 'folder/plan.yml', join(outside.path, 'plan.yml'), '/etc/os-release']) {
      expect(said(name)).toEqual([`${name}:1:1: the path leaves its folder`]);
    }
    expect(said('/etc')).toEqual(['/etc:1:1: the path leaves its folder']);
    expect(said('nosuch.yml')).toEqual(['nosuch.yml:1:1: no such file']);
  });

  it('is a regular file of one MiB at most, in UTF-8', () => {
    using workspace = aFolder({ 'large.yml': `#${'x'.repeat(2 ** 20)}`, 'dir.yml/x': '' });
    writeFileSync(join(workspace.path, 'latin.yml'), Buffer.from([0x61, 0xe4]));
    writeFileSync(join(workspace.path, 'nul.yml'), 'a: "\0"\n');
    execFileSync('mkfifo', [join(workspace.path, 'pipe.yml')]);
    const said = (name: string) =>
      mistakesOf(() => loadPlan(name, { builtInFolder: workspace.path, workspace: workspace.path }));
    expect(['large.yml', 'dir.yml', 'pipe.yml', 'latin.yml', 'nul.yml'].flatMap(said)).toEqual([
      'large.yml:1:1: found 1048577 bytes, expected at most 1048576',
      'dir.yml:1:1: not a regular file',
      'pipe.yml:1:1: not a regular file',
      'latin.yml:1:1: found bytes that are not UTF-8, expected text',
      'nul.yml:1:1: found a NUL byte, expected text',
    ]);
  });
});

describe('the files beside a plan', () => {
  const steps = `steps:
  - { name: a, after: stop, roles: [front], script: scripts/a.sh }
  - { name: b, after: stop, roles: [front], file: { source: b.conf, path: /etc/b.conf } }
`;

  it('are read with it', () => {
    const { sources } = load(PLAN + steps, { 'plans/scripts/a.sh': 'echo a\n', 'plans/b.conf': 'b\r\n' });
    expect(sources).toEqual({ 'scripts/a.sh': 'echo a\n', 'b.conf': 'b\r\n' });
  });

  it('are looked for, and their scripts looked at', () => {
    const found = mistakes(PLAN + steps, { 'plans/scripts/a.sh': 'echo a\r\n' });
    expect(found).toEqual([
      expect.stringMatching(/^plans\/plan\.yml:12:53: steps\[0\]\.script: found carriage returns/),
      expect.stringMatching(/^plans\/plan\.yml:13:61: steps\[1\]\.file\.source: no such file/),
    ]);
  });

  it('do not leave its folder through a link', () => {
    using workspace = aFolder({
      'plans/plan.yml': PLAN + steps,
      'plans/b.conf': '',
      'secret.sh': 'x\n',
      'plans/scripts/x': '',
    });
    symlinkSync('../../secret.sh', join(workspace.path, 'plans/scripts/a.sh'));
    const folders = { builtInFolder: workspace.path, workspace: workspace.path };
    expect(mistakesOf(() => loadPlan('plans/plan.yml', folders))).toEqual([
      expect.stringContaining('steps[0].script: the path leaves its folder'),
    ]);
  });
});
