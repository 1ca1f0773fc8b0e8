import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  aptsWords,
  joinTransactions,
  judgeTransaction,
  type PackageChange,
  parseTransaction,
  type Transaction,
  withoutHash,
} from '../../src/domain/transaction.ts';
import { compareVersions } from '../../src/domain/version.ts';

const recorded = async (name: string): Promise<Transaction> =>
  parseTransaction(
    await readFile(join(import.meta.dirname, '../fixtures/apt', `simulate-${name}.txt`), 'utf8'),
  );

const judge = (transaction: Transaction, packages: string[] = [], allow: string[] = []): string[] =>
  judgeTransaction(transaction, { packages, allow, compare: compareVersions });

describe('a recorded upgrade', () => {
  it('is read change by change', async () => {
    const { changes, removals, held } = await recorded('upgrade');
    expect(changes).toHaveLength(5);
    expect(changes[0]).toEqual({
      name: 'hello',
      architecture: 'amd64',
      from: null,
      to: '2.10-3',
      origin: 'Debian:12.15/oldstable',
      sha256: '2e6e2f1a0007dc43bc91c273fd36e91e40a4f1c2765a03eca68b70a42103878a',
    });
    expect(changes[1]).toMatchObject({ name: 'libpq-dev', from: '15.18-0+deb12u1', to: '15.20-0+deb12u1' });
    expect([removals, held]).toEqual([[], []]);
  });

  it('has the hash of every .deb from the package lists', async () => {
    const transaction = await recorded('upgrade');
    expect(new Set(transaction.changes.map(({ sha256 }) => sha256)).size).toBe(5);
    expect(transaction.changes.at(-1)?.sha256).toBe(
      '8566850f295c2cb5034ff5dd5b40caf97eea81b75a841c8d1f691c05ab8815db',
    );
    expect(withoutHash(transaction)).toEqual([]);
  });

  it('is refused where it touches what lies beneath, unless the plan names that', async () => {
    const transaction = await recorded('upgrade');
    expect(judge(transaction)).toEqual([
      'postgresql-client-15 lies beneath the stack and would be changed from 15.18-0+deb12u1 to 15.20-0+deb12u1 (a plan permits it by apt.allow)',
      'postgresql-15 lies beneath the stack and would be changed from 15.18-0+deb12u1 to 15.20-0+deb12u1 (a plan permits it by apt.allow)',
    ]);
    expect(judge(transaction, ['postgresql-15'])).toHaveLength(1);
    expect(judge(transaction, [], ['postgresql-*'])).toEqual([]);
  });
});

it('refuses a recorded downgrade, whatever the plan names', async () => {
  const transaction = await recorded('downgrade');
  expect(judge(transaction, ['apt'], ['*'])).toEqual(['apt would be downgraded from 2.6.2 to 2.6.1']);
});

it('refuses recorded removals, unless the plan permits each', async () => {
  const transaction = await recorded('removals');
  expect(transaction.removals).toContainEqual({ name: 'systemd-sysv', version: '252.39-1~deb12u2' });
  const refusals = judge(transaction, ['sysvinit-core']);
  expect(refusals).toContain(
    'systemd-sysv 252.39-1~deb12u2 would be removed (a plan permits it by apt.allow)',
  );
  expect(refusals).toContain(
    'insserv lies beneath the stack and would be installed as 1.24.0-1 (a plan permits it by apt.allow)',
  );
  expect(refusals.some((refusal) => refusal.startsWith('sysvinit-core '))).toBe(false);
  expect(judge(transaction, [], ['*'])).toEqual([]);
  // A plan that installs a package does not thereby let it go.
  expect(judge(transaction, ['systemd-sysv'])).toContain(
    'systemd-sysv 252.39-1~deb12u2 would be removed (a plan permits it by apt.allow)',
  );
});

it('refuses the change of a package on hold', async () => {
  const transaction = await recorded('held');
  expect(transaction.held).toEqual(['libpq5']);
  expect(judge(transaction, ['libpq5'], ['postgresql-*'])).toEqual([
    'libpq5 is on hold and would be changed (a plan permits it by apt.allow)',
  ]);
  expect(judge(transaction, [], ['libpq5', 'postgresql-*'])).toEqual([]);
});

describe('aptsWords', () => {
  it('has what apt would do, and nothing of what the package lists say', () => {
    const said = [
      'Reading package lists...',
      'The following NEW packages will be installed:',
      '  b',
      '1 upgraded, 1 newly installed, 1 to remove and 2 not upgraded.',
      'Remv c [1]',
      'Inst a [1] (2 shop [all])',
      'Inst b (1 shop [all])',
      'Conf a (2 shop [all])',
    ];
    const records = ['Package: a', 'Version: 2', 'Architecture: all', 'Installed-Size: 17', ''];
    expect(aptsWords([...said, '', ...records].join('\n')).split('\n')).toEqual(said.slice(3));
  });

  it('tells by its count of an apt that would do nothing', () => {
    const count = '0 upgraded, 0 newly installed, 0 to remove and 3 not upgraded.';
    expect(aptsWords(`Reading package lists...\n${count}\n\n`)).toBe(count);
  });
});

describe('the hash of a .deb', () => {
  const record = (version: string, architecture: string, hash: string): string =>
    `Package: a\nVersion: ${version}\nArchitecture: ${architecture}\nSHA256: ${hash}\n`;
  const [one, other, third] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string];

  it('is that of its version and architecture, from the list that apt takes it from', () => {
    const records = [record('1', 'i386', one), record('2', 'i386', other), record('2', 'amd64', third)];
    const both = 'Inst a:i386 [1] (2 [i386])\nInst a [1] (2 [amd64])\n';
    const { changes } = parseTransaction([both, ...records, record('2', 'amd64', one)].join('\n'));
    expect(changes.map(({ sha256 }) => sha256)).toEqual([other, third]);
  });

  it('is missed in words where the list has none, or none of that kind', () => {
    const transaction = parseTransaction(`Inst a (2 [amd64])\n\n${record('2', 'amd64', 'abc')}`);
    expect(transaction.changes).toMatchObject([{ name: 'a', sha256: null }]);
    expect(withoutHash(transaction)).toEqual([
      'the package list that has a 2 has no SHA-256 of it: its version can be approved, its content cannot',
    ]);
  });
});

describe('beneath the stack', () => {
  const changing = (name: string): Transaction => ({
    changes: [{ name, architecture: 'amd64', from: '1', to: '2', origin: '', sha256: null }],
    removals: [],
    held: [],
  });

  it.each([
    'libc6',
    'openssh-server',
    'systemd',
    'sysvinit-core',
    'postgresql-15',
    'perl-base',
    'python3.11-minimal',
    'dpkg',
    'apt',
    'bash',
    'coreutils',
    'libssl3',
    'libssl1.0.0',
    'python2.7',
    'python3',
  ])('is %s', (name) => expect(judge(changing(name))).toHaveLength(1));

  it.each([
    'python3-django',
    'python-objpool',
    'snf-common',
    'apticron',
    'libpq5',
    'bash-completion',
    'python3-gunicorn',
  ])('is not %s', (name) => expect(judge(changing(name))).toEqual([]));
});

it('refuses what it does not understand', () => {
  expect(() => parseTransaction('Inst something odd\n')).toThrow('Inst something odd');
  expect(() => parseTransaction('Remv something\n')).toThrow('Remv something');
  expect(parseTransaction('Inst a:i386 [1] (2 [i386])\n').changes).toEqual([
    { name: 'a', architecture: 'i386', from: '1', to: '2', origin: '', sha256: null },
  ]);
  expect(parseTransaction('')).toEqual({ changes: [], removals: [], held: [] });
});

describe('joinTransactions', () => {
  const change = (architecture: string, from: string | null, to: string): PackageChange => ({
    name: 'lib',
    architecture,
    from,
    to,
    origin: 'shop',
    sha256: null,
  });

  it('goes from the first beginning to the last end, for each architecture by itself', () => {
    const before = {
      changes: [change('amd64', '1', '2'), change('i386', '1', '2')],
      removals: [],
      held: ['a'],
    };
    const now = {
      changes: [change('amd64', '2', '3')],
      removals: [{ name: 'old', version: '1' }],
      held: ['b'],
    };
    expect(joinTransactions(before, now)).toEqual({
      changes: [change('i386', '1', '2'), change('amd64', '1', '3')],
      removals: [{ name: 'old', version: '1' }],
      held: ['a', 'b'],
    });
    expect(joinTransactions(null, now)).toEqual(now);
  });
});
