import type { HostFacts } from './facts.ts';
import { databasesOf, hostsOf, type Inventory, servicesOn } from './inventory.ts';
import type { Plan } from './plan.ts';

/** Seconds that a host's clock may be off: beyond it, TLS and apt's Valid-Until begin to fail, and times mislead. */
const CLOCK_LIMIT = 300;

type Facts = ReadonlyMap<string, HostFacts>;

/** Why these hosts cannot be upgraded with this plan, each in words that begin with the host. */
export function judgeHosts(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return [
    ...sameMachines(facts),
    ...clocks(facts),
    ...unlikeOthers(plan, inventory, facts),
    ...missing(plan, inventory, facts),
    ...databases(plan, inventory, facts),
  ];
}

/** Two names for one machine would each stop, install and start on it. */
function sameMachines(facts: Facts): string[] {
  return [...Map.groupBy([...facts], ([, { bootId }]) => bootId).values()].flatMap(([first, ...others]) =>
    others.map(([host]) => `${host}: it is the same machine as ${first?.[0] ?? ''}`),
  );
}

function clocks(facts: Facts): string[] {
  return [...facts].flatMap(([host, { clockOffset }]) => {
    const seconds = Math.round(Math.abs(clockOffset) / 1000);
    const way = clockOffset > 0 ? 'ahead of' : 'behind';
    return seconds > CLOCK_LIMIT
      ? [
          `${host}: its clock is ${seconds} s ${way} the runner's: set it (at most ${CLOCK_LIMIT} s may be between)`,
        ]
      : [];
  });
}

/** The hosts of a role get the same packages from the same place. */
function unlikeOthers(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return Object.keys(plan.roles).flatMap((role) => {
    const [first = '', ...others] = hostsOf(inventory, role);
    const kind = (host: string): string =>
      `${facts.get(host)?.release ?? ''} ${facts.get(host)?.architecture ?? ''}`;
    return others
      .filter((host) => kind(host) !== kind(first))
      .map(
        (host) =>
          `${host}: it is ${kind(host)}, and ${first}, which has the role ${role} too, is ${kind(first)}`,
      );
  });
}

function missing(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return [...facts].flatMap(([host, { missingTools, services }]) => [
    ...(missingTools.length === 0 ? [] : [`${host}: these tools are missing: ${missingTools.join(', ')}`]),
    ...servicesOn(plan, inventory, host)
      .filter((name) => services[name]?.exists !== true)
      .map((name) => `${host}: there is no service ${name}`),
  ]);
}

function databases(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return databasesOf(plan, inventory).flatMap(({ key, name, on, port }) => {
    const database = facts.get(on)?.databases[key];
    if (database?.exists === true) {
      return [];
    }
    return database === undefined || database.silence !== ''
      ? [
          `${on}: the database server on port ${port} does not answer: ${database?.silence ?? 'it was not asked'}`,
        ]
      : [`${on}: there is no database ${name} on the server of port ${port}`];
  });
}
