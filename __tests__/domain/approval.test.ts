import { describe, expect, it } from '@jest/globals';
import { type Approval, approvalOf } from '../../src/domain/approval.ts';
import { digestOf, sha256 } from '../../src/domain/canonical.ts';
import type { ResolvedHost, ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import type { PackageChange } from '../../src/domain/transaction.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';
import { aStep } from './examples.ts';

const CHANGE: PackageChange = {
  name: 'shop-front',
  architecture: 'all',
  from: '1.0',
  to: '2.1',
  origin: 'shop:1/main',
  sha256: 'a'.repeat(64),
};

/** The example's upgrade with something of everything. */
function full(overrides: Partial<ResolvedPlan> = {}): ResolvedPlan {
  const base = aResolved();
  const steps = [
    aStep({ name: 'inline', run: 'echo 1' }),
    aStep({ name: 'script', script: 'a.sh' }),
    aStep({
      name: 'place',
      file: { content: 'text', path: '/etc/x', owner: 'root', group: 'root', mode: '0644' },
    }),
  ];
  const transaction = {
    changes: [CHANGE, { ...CHANGE, name: 'libc6', architecture: 'i386', from: null }],
    removals: [{ name: 'shop-old', version: '1.0' }],
    held: ['shop-front'],
  };
  return {
    ...base,
    plan: { ...base.plan, steps },
    sources: { 'a.sh': 'echo a' },
    hosts: { ...base.hosts, one: { ...(base.hosts.one as ResolvedHost), transaction } },
    irreversible: ['one: shop-old 1.0 is removed'],
    ...overrides,
  };
}

function approved(resolved: ResolvedPlan, limit: readonly string[] = []): Approval {
  return approvalOf(resolved, scopeOf(resolved.plan, resolved.inventory, limit));
}

describe('an approval', () => {
  it('has hosts with their services and all that apt does, each .deb with its hash', () => {
    expect(approved(full()).hosts.one).toEqual({
      address: 'one',
      port: 22,
      user: 'root',
      roles: ['front', 'back'],
      local: false,
      services: { web: 'running', queue: 'running' },
      packages: { 'shop-common': '2.1', 'shop-front': '2.1', 'shop-back': '2.1' },
      changes: {
        'shop-front:all': { from: '1.0', to: '2.1', sha256: 'a'.repeat(64) },
        'libc6:i386': { from: null, to: '2.1', sha256: 'a'.repeat(64) },
      },
      removals: { 'shop-old': '1.0' },
      held: ['shop-front'],
    });
    expect(approved(full()).hosts.three).toMatchObject({ services: { agent: 'down' }, changes: {} });
  });

  it('has every step with its hosts and the hash of its text, and not the text', () => {
    const { steps, order } = approved(full());
    expect(order.steps).toEqual(['inline', 'script', 'place']);
    expect(steps.inline).toMatchObject({ on: ['one'], sha256: sha256('echo 1') });
    expect(steps.script).toMatchObject({ script: 'a.sh', sha256: sha256('echo a') });
    expect(steps.place?.file).toEqual({ path: '/etc/x', owner: 'root', group: 'root', mode: '0644' });
    expect(steps.place?.sha256).toBe(sha256('text'));
    expect(JSON.stringify(steps)).not.toContain('echo');
  });

  it('has databases once, by the roles that share them, and what cannot be undone', () => {
    const { databases, irreversible } = approved(full());
    expect(databases).toEqual({
      front: { engine: 'postgresql', name: 'shop', on: 'one', port: 5432, roles: ['front', 'back'] },
    });
    expect(irreversible).toEqual(['one: shop-old 1.0 is removed']);
  });
});

describe('the digest', () => {
  const whole = digestOf(approved(full()));
  const { plan, inventory, hosts } = full();
  const front = plan.roles.front as ResolvedPlan['plan']['roles'][string];
  const one = hosts.one as ResolvedHost;
  const inventoryOne = inventory.hosts.one as ResolvedPlan['inventory']['hosts'][string];
  const withPlan = (changes: Partial<ResolvedPlan['plan']>) => full({ plan: { ...plan, ...changes } });
  const withOne = (changes: Partial<ResolvedHost>) =>
    full({ hosts: { ...hosts, one: { ...one, ...changes } } });
  const withChange = (change: Partial<PackageChange>) =>
    withOne({ transaction: { changes: [{ ...CHANGE, ...change }], removals: [], held: [] } });

  it.each<[string, ResolvedPlan]>([
    [
      'another port',
      full({
        inventory: { ...inventory, hosts: { ...inventory.hosts, one: { ...inventoryOne, port: 2222 } } },
      }),
    ],
    ['a service that went down', withOne({ running: ['web'] })],
    ['another version', withOne({ packages: { ...one.packages, 'shop-front': '2.2' } })],
    ['a removal less', withOne({ transaction: { changes: [], removals: [], held: [] } })],
    ['a script that was edited', full({ sources: { 'a.sh': 'echo b' } })],
    ['a step less', withPlan({ steps: plan.steps.slice(1) })],
    ['steps in another order', withPlan({ steps: plan.steps.toReversed() })],
    ['another order of stops', withPlan({ 'stop-order': plan['stop-order'].toReversed() })],
    ['roles in another order', withPlan({ roles: Object.fromEntries(Object.entries(plan.roles).reverse()) })],
    ['another answer', withPlan({ answers: [{ prompt: 'Sure?', say: 'yes' }] })],
    ['another migration', withPlan({ roles: { ...plan.roles, front: { ...front, migrate: [] } } })],
    ['another point of dumps', withPlan({ dumps: ['before', 'after-migrate'] })],
    ['something that cannot be undone', full({ irreversible: [] })],
  ])('is another one for %s', (_, changed) => {
    expect(digestOf(approved(changed))).not.toBe(whole);
  });

  it('is another one for another .deb of the same version, and for one without a hash', () => {
    const digests = [{}, { sha256: 'b'.repeat(64) }, { sha256: null }, { to: '2.2' }].map((change) =>
      digestOf(approved(withChange(change))),
    );
    expect(new Set(digests).size).toBe(4);
  });

  it('covers the limit', () => {
    const limited = approved(full(), ['one', 'two']);
    expect(limited.limit).toEqual({ hosts: ['one', 'two'], databases: ['front'] });
    expect(digestOf(limited)).not.toBe(whole);
    expect(digestOf(approved(full(), ['two', 'one']))).toBe(digestOf(limited));
  });

  it('is the same whatever changes by itself: the name of a point release, the order of apt', () => {
    expect(digestOf(approved(withChange({ origin: 'Debian:12.16' })))).toBe(
      digestOf(approved(withChange({}))),
    );
    const { transaction } = one;
    const turned = { ...transaction, changes: transaction?.changes.toReversed() } as typeof transaction;
    expect(digestOf(approved(withOne({ transaction: turned })))).toBe(whole);
  });

  it('is the same for what the hosts have kept of it', () => {
    expect(digestOf(approved(JSON.parse(JSON.stringify(full()))))).toBe(whole);
    expect(digestOf(JSON.parse(JSON.stringify(approved(full()))))).toBe(whole);
  });

  it('is one for every host that gets nothing', () => {
    const bare = full({ hosts: { one: aResolvedHost(), two: aResolvedHost(), three: aResolvedHost() } });
    expect(digestOf(approved(bare))).toMatch(/^[0-9a-f]{64}$/);
  });
});
