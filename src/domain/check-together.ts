import type { Inventory, SiteInventory } from './inventory.ts';
import type { KnownNames } from './known-names.ts';
import { suggestion } from './nearest.ts';
import type { Plan } from './plan.ts';
import { type Problem, printable, wrong, wrongKey } from './problem.ts';

/** What does not fit between a plan and an inventory, told at the file in which it is to be mended. */
export function checkTogether(
  plan: Plan,
  inventory: Inventory,
  known: KnownNames,
): { plan: Problem[]; inventory: Problem[] } {
  return {
    plan: [...unknownDatabases(plan, known), ...unknownHosts(plan, known)],
    inventory: [...unknownRoles(inventory, known), ...rolesWithoutHosts(known)],
  };
}

function unknownDatabases(plan: Plan, known: KnownNames): Problem[] {
  return Object.entries(plan.roles).flatMap(([role, { database }]) =>
    database === undefined || known.databases.includes(database)
      ? []
      : [wrong(['roles', role, 'database'], absent('database', database, known.databases))],
  );
}

function unknownHosts(plan: Plan, known: KnownNames): Problem[] {
  return plan.steps.flatMap((step, index) =>
    step.hosts.flatMap((host, place) =>
      known.hosts.includes(host)
        ? []
        : [wrong(['steps', index, 'hosts', place], absent('host', host, known.hosts))],
    ),
  );
}

function absent(kind: string, name: string, names: readonly string[]): string {
  return `the inventory has no ${kind} ${printable(name)}${suggestion(name, names)}`;
}

function unknownRoles(inventory: Inventory, known: KnownNames): Problem[] {
  return Object.entries(inventory.hosts).flatMap(([host, { roles }]) =>
    roles.flatMap((role, place) => {
      const message = `the plan has no role ${printable(role)}${suggestion(role, known.roles)}`;
      return known.roles.includes(role) ? [] : [wrong(['hosts', host, 'roles', place], message)];
    }),
  );
}

/** Health checks of roles that the plan does not have: its own would silently stay. */
export function healthWithoutRoles(health: SiteInventory['health'], known: KnownNames): Problem[] {
  return Object.keys(health)
    .filter((role) => !known.roles.includes(role))
    .map((role) =>
      wrongKey(['health', role], `the plan has no role ${printable(role)}${suggestion(role, known.roles)}`),
    );
}

function rolesWithoutHosts(known: KnownNames): Problem[] {
  return known.roles
    .filter((role) => !known.placed.includes(role))
    .map((role) => wrongKey(['hosts'], `no host has the role ${printable(role)}, expected at least one`));
}
