import { describe, expect, it } from '@jest/globals';
import type { PackageChange, Transaction } from '../../src/domain/transaction.ts';
import { differences, prepare } from '../../src/phases/prepare.ts';
import { aResolved, aResolvedHost, laneIds, stepOf } from '../support/resolved.ts';

function aChange(name: string, from: string | null, to: string): PackageChange {
  return { name, architecture: 'all', from, to, origin: 'shop', sha256: 'a'.repeat(64) };
}

const transaction: Transaction = {
  changes: [aChange('shop-front', '1.0', '2.1')],
  removals: [{ name: 'shop-old', version: '1.0' }],
  held: [],
};

describe('prepare', () => {
  it('does all that needs no outage on every host that gets packages', () => {
    const resolved = aResolved();
    const hosts = { ...resolved.hosts, three: aResolvedHost() };
    const lane = (host: string): string[] =>
      ['update', 'transaction', 'download', 'settings'].map((step) => `${host} prepare.${step}`);
    expect(laneIds(prepare({ ...resolved, hosts }, 'u1'))).toEqual([lane('one'), lane('two')]);
  });

  it('looks at what was downloaded, by the hashes of the plan', () => {
    const resolved = aResolved();
    const packages = { 'shop-front': '2.1' };
    const hosts = { ...resolved.hosts, one: aResolvedHost({ packages, transaction }) };
    const [one] = laneIds(prepare({ ...resolved, hosts }, 'u1'));
    expect(one).toEqual(
      ['update', 'transaction', 'download', 'archives', 'settings'].map((step) => `one prepare.${step}`),
    );
    const step = stepOf(prepare({ ...resolved, hosts }, 'u1'), 'one', 'prepare.download');
    expect(step.kind === 'script' && step.script).toContain(`|shop-front 2.1 all ${'a'.repeat(64)}|`);
  });

  it('asks apt for the exact versions, into a folder of the upgrade', () => {
    const step = stepOf(prepare(aResolved(), 'u1'), 'two', 'prepare.download');
    expect(step.commands).toEqual(['apt-get install --download-only shop-common=2.1 shop-back=2.1']);
    expect(step.kind === 'script' && step.script).toContain('upgrades/u1/archives');
  });

  it('takes packages from the release that the plan names', () => {
    const resolved = aResolved();
    const plan = { ...resolved.plan, apt: { allow: [], release: 'bookworm-backports' } };
    const step = stepOf(prepare({ ...resolved, plan }, 'u1'), 'two', 'prepare.transaction');
    expect(step.commands).toEqual([
      'apt-get install --simulate -t bookworm-backports shop-common=2.1 shop-back=2.1',
    ]);
  });
});

it('shows of the simulation what apt would do, to whoever is told that it is not what was planned', () => {
  const step = stepOf(prepare(aResolved(), 'u1'), 'two', 'prepare.transaction');
  const inst = 'Inst shop-back [2.0] (2.1 shop [all])';
  expect(step.kind === 'check' && step.shown?.(`${inst}\n\nPackage: shop-back\nVersion: 2.1\n`)).toBe(inst);
});

describe('differences', () => {
  it('finds none where apt would do what was planned', () => {
    expect(differences(transaction, { ...transaction, changes: [...transaction.changes] })).toEqual([]);
  });

  it('names what apt would do besides, otherwise, and no more', () => {
    const now = {
      changes: [aChange('shop-front', '1.0', '2.2'), aChange('libc6', null, '2.36')],
      removals: [],
      held: [],
    };
    expect(differences(transaction, now)).toEqual([
      'not planned: shop-front 1.0 -> 2.2',
      'not planned: libc6 (new) -> 2.36',
      'planned and no longer so: shop-front 1.0 -> 2.1',
      'planned and no longer so: shop-old 1.0 removed',
    ]);
  });

  it('names a package of the same version that has become another file', () => {
    const [change] = transaction.changes;
    const now = (sha256: string | null): Transaction => ({
      ...transaction,
      changes: [{ ...(change as PackageChange), sha256 }],
    });
    const words = (hash: string): string[] => [
      `shop-front 2.1 has another content than planned: SHA-256 ${hash}, not ${'a'.repeat(64)}`,
    ];
    expect(differences(transaction, now('b'.repeat(64)))).toEqual(words('b'.repeat(64)));
    expect(differences(transaction, now(null))).toEqual(words('unknown'));
    // What was planned without a hash is approved by its version alone.
    expect(differences(now(null), transaction)).toEqual([]);
  });

  it('takes everything for unplanned where nothing was', () => {
    expect(differences(null, transaction)).toHaveLength(2);
  });
});
