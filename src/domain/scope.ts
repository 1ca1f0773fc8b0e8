import { ConfigurationError } from './errors.ts';
import { databasesOf, hostsOf, type Inventory, rolesOf } from './inventory.ts';
import { suggestion } from './nearest.ts';
import type { Plan } from './plan.ts';
import { printable } from './problem.ts';
import type { Stage, Step } from './step.ts';

/** What one run may touch of an upgrade: all of it, or what a `limit` names. */
export interface Scope {
  readonly whole: boolean;
  readonly hosts: ReadonlySet<string>;
  /** Keys of the databases that may be dumped or guarded. */
  readonly databases: ReadonlySet<string>;
}

/**
 * What a limit lets a run touch.
 * @param limit names of hosts and roles; all is in scope when there is none
 * @throws ConfigurationError for unknown names, and for a limit that cuts through the roles of a host or a database
 */
export function scopeOf(plan: Plan, inventory: Inventory, limit: readonly string[]): Scope {
  const targets = databasesOf(plan, inventory);
  if (limit.length === 0) {
    const databases = targets.map(({ key }) => key);
    return { whole: true, hosts: new Set(Object.keys(inventory.hosts)), databases: new Set(databases) };
  }
  const hosts = new Set(limit.flatMap((name) => hostsNamed(plan, inventory, name)));
  const roles = new Set([...hosts].flatMap((host) => rolesOf(inventory, host)));
  refuseCuts(
    [...hosts].flatMap((host) => sharedHost(inventory, limit, host)),
    limit,
  );
  refuseCuts(
    targets.flatMap((target) => cutThrough(`the database ${target.name}`, target.roles, roles)),
    limit,
  );
  const databases = targets
    .filter((target) => target.roles.every((role) => roles.has(role)) || limit.includes(target.on))
    .map(({ key }) => key);
  return { whole: false, hosts, databases: new Set(databases) };
}

/** The stages without the steps that are out of scope. */
export function withinScope(stages: readonly Stage[], scope: Scope): Stage[] {
  const inScope = (step: Step): boolean =>
    step.kind === 'runner'
      ? step.databases.some((key) => scope.databases.has(key))
      : scope.hosts.has(step.host);
  return stages.map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.filter(inScope)) }));
}

function hostsNamed(plan: Plan, inventory: Inventory, name: string): string[] {
  const host = Object.hasOwn(inventory.hosts, name) ? [name] : null;
  const role = Object.hasOwn(plan.roles, name) ? hostsOf(inventory, name) : null;
  if (host !== null && role !== null && role.join() !== name) {
    throw new ConfigurationError(
      `limit: ${printable(name)} is a host and also a role (on ${role.join(', ')}); name its hosts instead`,
    );
  }
  const found = host ?? role;
  if (found === null) {
    const known = [...Object.keys(inventory.hosts), ...Object.keys(plan.roles)];
    throw new ConfigurationError(
      `limit: there is no host and no role ${printable(name)}${suggestion(name, known)}`,
    );
  }
  return found;
}

/** Packages and services of a host are handled together, so that one of its roles alone is no part of it. */
function sharedHost(inventory: Inventory, limit: readonly string[], host: string): string[] {
  return limit.includes(host) ? [] : cutThrough(`the host ${host}`, rolesOf(inventory, host), new Set(limit));
}

/** Why a limit has some and not all of these roles, in words; nothing when it has all or none. */
function cutThrough(what: string, roles: readonly string[], limited: ReadonlySet<string>): string[] {
  const left = roles.filter((role) => !limited.has(role));
  return left.length === 0 || left.length === roles.length
    ? []
    : [`${what} belongs to ${roles.join(', ')}, and ${left.join(', ')} would be left out`];
}

function refuseCuts(cuts: readonly string[], limit: readonly string[]): void {
  if (cuts.length > 0) {
    throw new ConfigurationError(
      `limit: ${limit.join(', ')} cuts through what belongs together: ${cuts.join('; ')}`,
    );
  }
}
