import { describe, expect, it } from '@jest/globals';
import { checkInventory } from '../../src/domain/check-inventory.ts';
import { checkTogether } from '../../src/domain/check-together.ts';
import type { Inventory, InventoryHost } from '../../src/domain/inventory.ts';
import { knownNames } from '../../src/domain/known-names.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { formatPath, type Problem } from '../../src/domain/problem.ts';
import { aHost, anInventory, aPlan, aRole, aStep } from './examples.ts';

const words = (found: readonly Problem[]) =>
  found.map(({ path, message }) => `${formatPath(path)}: ${message}`);

function problems(overrides: Partial<Inventory>): string[] {
  const inventory = anInventory(overrides);
  return words(checkInventory(inventory, knownNames(null, inventory)));
}

const own = (name: string, on = 'one', port = 5432) => ({ engine: 'postgresql' as const, name, on, port });
const hosts = (entries: Record<string, Partial<InventoryHost>>) => ({
  databases: {},
  hosts: Object.fromEntries(
    Object.entries(entries).map(([name, host]): [string, InventoryHost] => [
      name,
      aHost({ address: name, ...host }),
    ]),
  ),
});

describe('databases', () => {
  it('fit in the example', () => {
    expect(problems({})).toEqual([]);
  });

  it('stand on a known host, and are the same as a known one', () => {
    expect(problems({ databases: { a: own('x', 'oen'), b: { 'same-as': 'aa' } } })).toEqual([
      'databases.a.on: the inventory has no host "oen"; did you mean "one"?',
      'databases.b.same-as: the inventory has no database "aa"; did you mean "a"?',
    ]);
  });

  it('are not there twice', () => {
    const databases = { a: own('x'), b: own('x'), c: own('x', 'two'), d: own('x', 'one', 5433), e: own('y') };
    expect(problems({ databases })).toEqual([
      'databases.b: found the host, port and name of a, expected { same-as: a }',
    ]);
  });

  it('are no circle, told once', () => {
    const databases = {
      z: { 'same-as': 'a' },
      a: { 'same-as': 'b' },
      b: { 'same-as': 'a' },
      c: { 'same-as': 'c' },
    };
    expect(problems({ databases })).toEqual([
      'databases.a.same-as: a circle: a -> b -> a',
      'databases.c.same-as: a circle: c -> c',
    ]);
  });
});

describe('hosts', () => {
  it('are there once', () => {
    expect(problems(hosts({ a: {}, b: { address: 'a' }, c: { address: 'a', port: 23 } }))).toEqual([
      'hosts.b: found the address and port of a, expected a host once',
    ]);
  });

  it('are there once, however their addresses are written', () => {
    const same = [
      '::1',
      '0:0::1',
      'Web',
      'web',
      '2001:DB8::1',
      '2001:db8:0::1',
      '::ffff:192.0.2.1',
      '192.0.2.1',
    ];
    const entries = same.map((address, index): [string, object] => [`h${index}`, { address }]);
    expect(problems(hosts(Object.fromEntries(entries)))).toEqual(
      [0, 2, 4, 6].map(
        (index) => `hosts.h${index + 1}: found the address and port of h${index}, expected a host once`,
      ),
    );
    expect(problems(hosts({ a: { address: 'fe80::1%eth0' }, b: { address: 'fe80::1%eth1' } }))).toEqual([]);
  });

  it('are the runner at most once', () => {
    expect(problems(hosts({ a: { local: true }, b: { local: true } }))).toEqual([
      'hosts.b.local: a is local already: the runner is one host only',
    ]);
  });

  it('jump in no circle, and not through the runner', () => {
    expect(
      problems(hosts({ a: { jump: 'b' }, b: { jump: 'a' }, c: { jump: 'a' }, d: { jump: 'd' } })),
    ).toEqual(['hosts.a.jump: a circle: a -> b -> a', 'hosts.d.jump: a circle: d -> d']);
    expect(problems(hosts({ a: { local: true }, b: { jump: 'a' } }))).toEqual([
      'hosts.b.jump: a is the runner itself: no jump leads through it',
    ]);
    expect(problems(hosts({ a: { local: true, jump: 'x' } }))).toHaveLength(1);
  });
});

describe('plan and inventory together', () => {
  function together(planOverrides: Partial<Plan>, inventoryOverrides: Partial<Inventory>) {
    const [plan, inventory] = [aPlan(planOverrides), anInventory(inventoryOverrides)];
    const found = checkTogether(plan, inventory, knownNames(plan, inventory));
    return { plan: words(found.plan), inventory: words(found.inventory) };
  }

  it('fit in the examples', () => {
    expect(together({}, {})).toEqual({ plan: [], inventory: [] });
  });

  it('know the same roles', () => {
    const { inventory } = together({}, hosts({ a: { roles: ['frnt', 'back', 'node'] } }));
    expect(inventory).toEqual([
      'hosts.a.roles[0]: the plan has no role "frnt"; did you mean "front"?',
      'hosts: no host has the role "front", expected at least one',
    ]);
  });

  it('know the same databases and hosts', () => {
    const roles = { front: aRole({ database: 'fornt' }), back: aRole(), node: aRole() };
    const { plan } = together({ roles, steps: [aStep({ hosts: ['oen'] })] }, {});
    expect(plan).toEqual([
      'roles.front.database: the inventory has no database "fornt"; did you mean "front"?',
      'steps[0].hosts[0]: the inventory has no host "oen"; did you mean "one"?',
    ]);
  });
});
