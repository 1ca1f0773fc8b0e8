import { describe, expect, it } from '@jest/globals';
import { loadInventory } from '../../src/config/load-inventory.ts';
import { aFolder, INVENTORY, mistakesOf } from './files.ts';

const load = (text: string) => loadInventory(text, { workspace: '/nowhere' });
const words = (text: string) =>
  mistakesOf(() => load(text)).map((line) => line.replace(/^inventory:\d+:\d+: /, ''));

describe('loadInventory', () => {
  it('reads text, and fills in what was left out', () => {
    expect(load(INVENTORY)).toEqual({
      schema: 1,
      hosts: { one: { address: 'one', port: 22, user: 'root', roles: ['front'], local: false } },
      databases: { shop: { engine: 'postgresql', name: 'shop', on: 'one', port: 5432 } },
      health: {},
    });
  });

  it('reads a file in the workspace, and no other', () => {
    using workspace = aFolder({ 'inventories/x.yml': INVENTORY });
    expect(loadInventory('inventories/x.yml', { workspace: workspace.path }).hosts).toHaveProperty('one');
    expect(mistakesOf(() => loadInventory('../x.yml', { workspace: workspace.path }))).toEqual([
      '../x.yml:1:1: no such file',
    ]);
    expect(mistakesOf(() => loadInventory('/etc/passwd', { workspace: workspace.path }))).toEqual([
      '/etc/passwd:1:1: the path leaves its folder',
    ]);
  });

  it('reads one line of braces', () => {
    expect(load('{ schema: 1, hosts: { one: {} } }').databases).toEqual({});
  });

  it('keeps the order of the hosts', () => {
    const text = 'schema: 1\nhosts:\n  z9: {}\n  10.0.0.2: {}\n  a1: {}\n';
    expect(Object.keys(load(text).hosts)).toEqual(['z9', '10.0.0.2', 'a1']);
  });
});

describe('what an inventory may hold', () => {
  const host = (text: string) => `schema: 1\nhosts: { one: { ${text} } }\n`;
  const database = (name: string) =>
    `schema: 1\nhosts: { one: {} }\ndatabases: { a: { engine: postgresql, on: one, name: ${JSON.stringify(name)} } }\n`;

  it.each(['one.example.org', '192.0.2.1', '2001:db8::1', 'fe80::1%eth0', 'a-b', 'x'])(
    'the address %s',
    (address) => {
      expect(words(host(`address: "${address}"`))).toEqual([]);
    },
  );

  it.each([
    '-oProxyCommand=reboot',
    'a b',
    'a\\nb',
    ' a',
    'a;b',
    '$(x)',
    'a@b',
    'a/b',
    'a..b',
    '.a',
    'a-',
    'a:22',
    '[::1]',
    'ssh://a',
    '',
    '12',
    'fe80::1%-oX y',
    `${'a'.repeat(254)}`,
  ])('but not the address %j', (address) => {
    expect(words(host(`address: "${address}"`))).toEqual([
      expect.stringMatching(
        /^hosts\.one\.address: found ".*"?(\.\.\.)?, expected a host name, an IPv4 or an IPv6 address$/,
      ),
    ]);
  });

  it.each(['-oX', 'a b', '12', 'a,b', ''])('nor the host %j', (name) => {
    expect(words(`schema: 1\nhosts: { "${name}": {} }\n`).join()).toContain('expected a host name');
  });

  it.each(['gw', 'me@gw.example.org:2222', '[2001:db8::1]:22'])('the jump %s', (jump) => {
    expect(words(host(`jump: "${jump}"`))).toEqual([]);
  });

  it.each(['-oX', 'a,b', 'me@-oX', 'a:99999', '[zz]', '[1.2.3.4]', 'a b', '@a', ''])(
    'but not the jump %j',
    (jump) => {
      expect(words(host(`jump: "${jump}"`)).join()).toContain('hosts.one.jump: found');
    },
  );

  it.each(['snf_apps', 'a b', 'a-b', 'Größe'])('the database %s', (name) => {
    expect(words(database(name))).toEqual([]);
  });

  it.each(['-x', 'a"b', "a'b", 'a\nb', 'a=b', 'postgres://x', 'a\\b', ' a', '', 'ä'.repeat(32), '$x', '`x`'])(
    'but not the database %j',
    (name) => {
      expect(words(database(name)).join()).toContain('expected the name of a database');
    },
  );

  it.each([
    [host('port: 65536'), 'hosts.one.port: found 65536, expected at most 65535'],
    [host('port: 2.5'), 'hosts.one.port: found 2.5, expected a whole number'],
    [
      host('user: "-l"'),
      'hosts.one.user: found "-l", expected a user or group name: letters, digits, - . and _',
    ],
    [host('local: "yes"'), 'hosts.one.local: found "yes", expected true or false'],
    [host('roles: front'), 'hosts.one.roles: found "front", expected a list'],
    [host('rolse: []'), 'hosts.one.rolse: found the unknown key "rolse"; did you mean "roles"?'],
    ['schema: 1\nhosts: {}\n', 'hosts: found a map, expected at least one host'],
    ['schema: 1\nhosts: { one: }\n', 'hosts.one: found an empty value, expected a map of keys and values'],
    [
      'schema: 1\nhosts: { one: {} }\ndatabases: { a: { engine: mysql, name: x, on: one } }\n',
      'databases.a.engine: found "mysql", expected postgresql',
    ],
    [
      'schema: 1\nhosts: { one: {} }\ndatabases: { a: { same-ass: b } }\n',
      'databases.a.same-ass: found the unknown key "same-ass"; did you mean "same-as"?',
    ],
  ])('%j', (text, expected) => {
    expect(words(text)).toContain(expected);
  });
});
