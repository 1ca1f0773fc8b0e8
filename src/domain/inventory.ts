import type { HealthCheck, Plan, PlanStep } from './plan.ts';

/** Where an upgrade happens: the hosts and databases of one environment. Keys are the file's own. */
export interface Inventory {
  schema: 1;
  /** By name; the order matters: the first one decides whether an upgrade exists. */
  hosts: Record<string, InventoryHost>;
  databases: Record<string, Database>;
}

/** An inventory as its file has it: with what it says otherwise than the plan. */
export interface SiteInventory extends Inventory {
  /** By role: the health checks that stand for the plan's. */
  health: Record<string, HealthCheck[]>;
}

export interface InventoryHost {
  /** A host name, an IPv4 or an IPv6 address. */
  address: string;
  port: number;
  user: string;
  roles: string[];
  /** `[user@]host[:port]`, or the name of another host of the inventory; `jumpOf` reads it. */
  jump?: string;
  /** The runner itself is this host. */
  local: boolean;
}

export type Database = OwnDatabase | { 'same-as': string };

export interface OwnDatabase {
  engine: 'postgresql';
  /** The server's name for it. */
  name: string;
  /** The host on which its server runs. */
  on: string;
  port: number;
}

/** One database, however many roles share it. */
export interface DatabaseTarget extends OwnDatabase {
  /** The key of the inventory that is not `same-as`. */
  key: string;
  /** The roles that share it, in the plan's order. */
  roles: string[];
}

/** @throws RangeError for a host that the inventory does not have */
export function rolesOf(inventory: Inventory, host: string): string[] {
  return own(inventory.hosts, host, 'host').roles;
}

/** The hosts of a role, in the inventory's order. */
export function hostsOf(inventory: Inventory, role: string): string[] {
  return Object.keys(inventory.hosts).filter((host) => rolesOf(inventory, host).includes(role));
}

/** The services of all roles of a host, once each, in the plan's start order. */
export function servicesOn(plan: Plan, inventory: Inventory, host: string): string[] {
  const wanted = new Set(
    rolesIn(plan, inventory, host).flatMap((role) => own(plan.roles, role, 'role').services),
  );
  return plan['start-order'].filter((service) => wanted.has(service));
}

/** The packages of all roles of a host, once each, in the plan's order. */
export function packagesOn(plan: Plan, inventory: Inventory, host: string): string[] {
  return [
    ...new Set(rolesIn(plan, inventory, host).flatMap((role) => own(plan.roles, role, 'role').packages)),
  ];
}

/** The hosts on which a step runs, in the inventory's order. */
export function hostsOfStep(inventory: Inventory, step: PlanStep): string[] {
  const inRoles = (host: string) => rolesOf(inventory, host).some((role) => step.roles.includes(role));
  const hosts = Object.keys(inventory.hosts);
  return step.once
    ? hosts.filter(inRoles).slice(0, 1)
    : hosts.filter((host) => inRoles(host) || step.hosts.includes(host));
}

/**
 * The database behind a key, `same-as` followed to its end.
 * @throws RangeError for an unknown key, and for a circle of `same-as`
 */
export function databaseOf(inventory: Inventory, key: string): OwnDatabase & { key: string } {
  const seen = new Set<string>();
  let at = key;
  for (
    let entry = own(inventory.databases, at, 'database');
    ;
    entry = own(inventory.databases, at, 'database')
  ) {
    if (!('same-as' in entry)) {
      return { ...entry, key: at };
    }
    if (seen.has(at)) {
      throw new RangeError(`the databases ${[...seen].join(', ')} are the same as each other`);
    }
    seen.add(at);
    at = entry['same-as'];
  }
}

/** The databases that the plan's roles use, once each, in the order in which the roles name them. */
export function databasesOf(plan: Plan, inventory: Inventory): DatabaseTarget[] {
  const targets = new Map<string, DatabaseTarget>();
  for (const [role, { database }] of Object.entries(plan.roles)) {
    if (database !== undefined) {
      const found = databaseOf(inventory, database);
      const target = targets.get(found.key) ?? { ...found, roles: [] };
      targets.set(found.key, { ...target, roles: [...target.roles, role] });
    }
  }
  return [...targets.values()];
}

function rolesIn(plan: Plan, inventory: Inventory, host: string): string[] {
  const roles = rolesOf(inventory, host);
  return Object.keys(plan.roles).filter((role) => roles.includes(role));
}

/** The keys are the user's words, so that `constructor` must not be found where nobody wrote it. */
function own<T>(entries: Record<string, T>, key: string, kind: string): T {
  const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (entry === undefined) {
    throw new RangeError(`no ${kind} is called ${JSON.stringify(key)}`);
  }
  return entry;
}
