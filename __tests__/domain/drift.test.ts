import { describe, expect, it } from '@jest/globals';
import { type Approval, approvalOf } from '../../src/domain/approval.ts';
import { driftLines } from '../../src/domain/drift.ts';
import type { ResolvedHost, ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { aResolved } from '../support/resolved.ts';
import { aRole, aStep } from './examples.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

function upgrade(to = '2.1', sha256: string | null = A): ResolvedPlan {
  const base = aResolved();
  const change = { name: 'shop-front', architecture: 'all', from: '1.0', to, origin: '', sha256 };
  const transaction = { changes: [change], removals: [], held: [] };
  const plan = { ...base.plan, steps: [aStep({ name: 'tidy', run: 'echo 1' })] };
  return {
    ...base,
    plan,
    hosts: { ...base.hosts, one: { ...(base.hosts.one as ResolvedHost), transaction } },
  };
}

function approved(resolved: ResolvedPlan, limit: readonly string[] = []): Approval {
  return approvalOf(resolved, scopeOf(resolved.plan, resolved.inventory, limit));
}

/** As an artifact brings it back. */
function lines(now: ResolvedPlan, limit: readonly string[] = []): string[] {
  return driftLines(JSON.parse(JSON.stringify(approved(upgrade()))), approved(now, limit));
}

describe('driftLines', () => {
  const base = upgrade();
  const one = base.hosts.one as ResolvedHost;

  it('has none where nothing differs', () => {
    expect(lines(upgrade())).toEqual([]);
  });

  it('tells of packages: another version, another content, one more', () => {
    expect(lines(upgrade('2.2'))).toEqual([
      `one: the package shop-front:all: approved 1.0 -> 2.1 (SHA-256 ${A.slice(0, 16)}), now 1.0 -> 2.2 (SHA-256 ${A.slice(0, 16)})`,
    ]);
    expect(lines(upgrade('2.1', B))).toEqual([
      `one: the package shop-front:all: approved 1.0 -> 2.1 (SHA-256 ${A.slice(0, 16)}), now 1.0 -> 2.1 (SHA-256 ${B.slice(0, 16)})`,
    ]);
    expect(lines(upgrade('2.1', null))[0]).toMatch(/now 1\.0 -> 2\.1 \(SHA-256 unknown\)$/);
    const hosts = { ...base.hosts, one: { ...one, transaction: null, packages: {} } };
    expect(lines({ ...base, hosts })).toEqual([
      expect.stringMatching(/^one: the package shop-front:all: approved 1\.0 -> 2\.1 .*, now nothing$/),
      'one: the wanted version of shop-back: approved 2.1, now nothing',
      'one: the wanted version of shop-common: approved 2.1, now nothing',
      'one: the wanted version of shop-front: approved 2.1, now nothing',
    ]);
  });

  it('tells of services, steps, orders and roles', () => {
    const down = { ...base, hosts: { ...base.hosts, one: { ...one, running: ['web'] } } };
    expect(lines(down)).toEqual(['one: the service queue: approved running, now down']);
    const edited = { ...base, plan: { ...base.plan, steps: [aStep({ name: 'tidy', run: 'echo 2' })] } };
    expect(lines(edited)).toEqual([
      expect.stringMatching(/^the step tidy: its text \(SHA-256\): approved [0-9a-f]{64}, now/),
    ]);
    const { front } = base.plan.roles;
    const roles = { ...base.plan.roles, front: { ...aRole(front), migrate: [], schema: 'other' } };
    expect(lines({ ...base, plan: { ...base.plan, roles } })).toEqual([
      expect.stringMatching(/^the role front: migrate: approved .*front sync.*, now nothing$/),
      'the role front: schema: approved front migrate --list, now other',
    ]);
    const turned = { ...base.plan, 'stop-order': base.plan['stop-order'].toReversed() };
    expect(lines({ ...base, plan: turned })).toEqual([
      'the order of stop: approved web, queue, agent, now agent, queue, web',
    ]);
  });

  it('tells of a host that moved, one that is gone, and what cannot be undone', () => {
    const { one: first, ...others } = base.inventory.hosts;
    const moved = {
      ...base.inventory,
      hosts: { ...base.inventory.hosts, one: { ...first, port: 2 } as never },
    };
    expect(lines({ ...base, inventory: moved })).toEqual(['one: port: approved 22, now 2']);
    const left = { one: first as never, two: others.two as never };
    expect(lines({ ...base, inventory: { ...base.inventory, hosts: left } })).toEqual([
      expect.stringMatching(/^three: approved \{.*\}, now nothing$/),
      'the order of hosts: approved one, two, three, now one, two',
    ]);
    expect(lines({ ...base, irreversible: ['it is removed'] })).toEqual([
      'what cannot be undone: approved nothing, now it is removed',
    ]);
  });

  it('tells of another limit', () => {
    expect(lines(upgrade(), ['three'])).toEqual([
      'limit: approved nothing, now {"hosts":["three"],"databases":[]}',
    ]);
  });

  it('cuts what is long, and bears a document that is none of ours', () => {
    const long = { ...base, irreversible: ['x'.repeat(5000)] };
    expect(lines(long)[0]?.length).toBeLessThan(300);
    for (const odd of [null, 'text', [], [1], { hosts: 'none' }, { hosts: [null] }]) {
      expect(driftLines(odd, approved(base)).length).toBeGreaterThan(0);
    }
  });
});
