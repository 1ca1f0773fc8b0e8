import type { Inventory, InventoryHost } from '../../src/domain/inventory.ts';
import type { Plan, PlanStep, Role } from '../../src/domain/plan.ts';

/** A plan with two web roles that share a service and a package, and one with neither. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    schema: 1,
    name: 'shop-2',
    versions: { from: {}, to: { 'shop-*': '>= 2, < 3~' }, same: [] },
    apt: { allow: [] },
    'stop-order': ['web', 'queue', 'agent'],
    'start-order': ['web', 'queue', 'agent'],
    answers: [],
    services: { web: {}, queue: {}, agent: {} },
    roles: {
      front: aRole({ services: ['web'], packages: ['shop-common', 'shop-front'], database: 'front' }),
      back: aRole({ services: ['queue', 'web'], packages: ['shop-common', 'shop-back'], database: 'back' }),
      node: aRole({ services: ['agent'], packages: ['shop-agent'] }),
    },
    dumps: ['before'],
    steps: [],
    ...overrides,
  };
}

export function aRole(overrides: Partial<Role> = {}): Role {
  return { services: [], packages: [], serial: false, migrate: [], health: [], ...overrides };
}

export function aStep(overrides: Partial<PlanStep> = {}): PlanStep {
  return {
    name: 'a-step',
    after: 'install',
    roles: ['front'],
    hosts: [],
    once: false,
    env: {},
    secrets: [],
    'time-limit': 600,
    repeat: 'safe',
    ...overrides,
  };
}

/** Front and back on one host, another back, and a node; front and back share a database. */
export function anInventory(overrides: Partial<Inventory> = {}): Inventory {
  return {
    schema: 1,
    hosts: {
      one: aHost({ address: 'one', roles: ['front', 'back'] }),
      two: aHost({ address: 'two', roles: ['back'] }),
      three: aHost({ address: 'three', roles: ['node'] }),
    },
    databases: {
      back: { 'same-as': 'front' },
      front: { engine: 'postgresql', name: 'shop', on: 'one', port: 5432 },
    },
    ...overrides,
  };
}

export function aHost(overrides: Partial<InventoryHost> = {}): InventoryHost {
  return { address: 'host', port: 22, user: 'root', roles: [], local: false, ...overrides };
}
