import type { HostFacts } from './facts.ts';
import { databasesOf, hostsOf, type Inventory, servicesOn } from './inventory.ts';
import type { Plan } from './plan.ts';

/** Seconds that a host's clock may be off: beyond it, TLS and apt's Valid-Until begin to fail, and times mislead. */
const CLOCK_LIMIT = 300;

type Facts = ReadonlyMap<string, HostFacts>;

/** Why these hosts cannot be upgraded with this plan, each in words that begin with the host. */
export function judgeHosts(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return [
    ...judgeMachines(facts),
    ...unreadLists(facts),
    ...unlikeOthers(plan, inventory, facts),
    ...missingServices(plan, inventory, facts),
    ...databases(plan, inventory, facts),
  ];
}

/** Why nothing at all may be done on these hosts, each in words that begin with the host. */
export function judgeMachines(facts: Facts): string[] {
  return [...sameMachines(facts), ...clocks(facts), ...missingTools(facts)];
}

/** The hosts whose package lists could not be read anew; what is on offer there is not known. */
export function unreadLists(facts: Facts): string[] {
  return [...facts]
    .filter(([, { unreadLists: words }]) => words !== '')
    .map(([host, { unreadLists: words }]) => `${host}: its package lists cannot be read:\n${words}`);
}

/**
 * What is said of these hosts without a reason to refuse. Machines with one ssh key were cloned: whoever has the key of
 * one can pass for the other, and known_hosts does not notice a wrong address.
 */
export function cautionsOf(facts: Facts): string[] {
  const all = [...facts];
  return all.flatMap(([host, { bootId, hostKeys }], index) => {
    const twin = all
      .slice(0, index)
      .find(([, other]) => other.bootId !== bootId && other.hostKeys.some((key) => hostKeys.includes(key)));
    return twin === undefined
      ? []
      : [
          `${host}: its ssh server has a key of ${twin[0]}, so known-hosts cannot tell the two apart: give one of them keys of its own (rm /etc/ssh/ssh_host_*; ssh-keygen -A) and pin them`,
        ];
  });
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

function missingTools(facts: Facts): string[] {
  return [...facts]
    .filter(([, { missingTools: names }]) => names.length > 0)
    .map(([host, { missingTools: names }]) => `${host}: these tools are missing: ${names.join(', ')}`);
}

function missingServices(plan: Plan, inventory: Inventory, facts: Facts): string[] {
  return [...facts].flatMap(([host, { services }]) =>
    servicesOn(plan, inventory, host)
      .filter((name) => services[name]?.exists !== true)
      .map((name) => `${host}: there is no service ${name}`),
  );
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
