import { plainAddress } from './address.ts';
import type { Database, Inventory, OwnDatabase } from './inventory.ts';
import { jumpOf } from './jump.ts';
import type { KnownNames } from './known-names.ts';
import { suggestion } from './nearest.ts';
import { type Problem, printable, wrong, wrongKey } from './problem.ts';

/** What no single value of an inventory shows: how its parts fit each other. */
export function checkInventory(inventory: Inventory, known: KnownNames): Problem[] {
  return [
    ...Object.entries(inventory.databases).flatMap(([key, database]) => checkDatabase(key, database, known)),
    ...circles(inventory),
    ...twins(inventory),
    ...Object.keys(inventory.hosts).flatMap((host) => checkHost(inventory, host)),
  ];
}

function checkDatabase(key: string, database: Database, known: KnownNames): Problem[] {
  const [field, name, names] =
    'same-as' in database
      ? ['same-as', database['same-as'], known.databases]
      : ['on', database.on, known.hosts];
  const kind = field === 'on' ? 'host' : 'database';
  const message = `the inventory has no ${kind} ${printable(name)}${suggestion(name, names)}`;
  return names.includes(name) ? [] : [wrong(['databases', key, field], message)];
}

/** Each key of a circle is named once, at the first of its members. */
function circles({ databases }: Inventory): Problem[] {
  const next = (key: string) => {
    const entry = Object.hasOwn(databases, key) ? databases[key] : undefined;
    return entry !== undefined && 'same-as' in entry ? entry['same-as'] : null;
  };
  return firstOfCircles(Object.keys(databases), next).map((circle) =>
    wrong(['databases', circle[0] ?? '', 'same-as'], `a circle: ${[...circle, circle[0]].join(' -> ')}`),
  );
}

/** The circles that following `next` runs into, each beginning with the member that comes first. */
function firstOfCircles(keys: readonly string[], next: (key: string) => string | null): string[][] {
  return keys.flatMap((start) => {
    const way: string[] = [];
    for (let at: string | null = start; at !== null && !way.includes(at); at = next(at)) {
      way.push(at);
    }
    const closes = next(way.at(-1) ?? '') === start;
    return closes && way.every((key) => keys.indexOf(key) >= keys.indexOf(start)) ? [way] : [];
  });
}

/** Two keys of one database would dump it twice and migrate it twice at once. */
function twins({ databases }: Inventory): Problem[] {
  const own = Object.entries(databases).filter((entry): entry is [string, OwnDatabase] => 'name' in entry[1]);
  return own.flatMap(([key, one], index) => {
    const twin = own
      .slice(0, index)
      .find(([, other]) => other.on === one.on && other.port === one.port && other.name === one.name);
    const message = `found the host, port and name of ${twin?.[0]}, expected { same-as: ${twin?.[0]} }`;
    return twin === undefined ? [] : [wrongKey(['databases', key], message)];
  });
}

function checkHost({ hosts }: Inventory, name: string): Problem[] {
  const names = Object.keys(hosts);
  const [host, earlier] = [hosts[name], names.slice(0, names.indexOf(name))];
  if (host === undefined) {
    return [];
  }
  const address = plainAddress(host.address);
  const same = earlier.find(
    (other) => hosts[other]?.port === host.port && plainAddress(hosts[other]?.address ?? '') === address,
  );
  const otherLocal = earlier.find((other) => hosts[other]?.local === true);
  return [
    ...(same !== undefined
      ? [wrongKey(['hosts', name], `found the address and port of ${same}, expected a host once`)]
      : []),
    ...(host.local && otherLocal !== undefined
      ? [wrong(['hosts', name, 'local'], `${otherLocal} is local already: the runner is one host only`)]
      : []),
    ...checkJump({ hosts }, name),
  ];
}

function checkJump(inventory: Pick<Inventory, 'hosts'>, name: string): Problem[] {
  const path = ['hosts', name, 'jump'];
  const next = (host: string) => {
    const jump = jumpOf(inventory, host);
    return jump?.kind === 'host' ? jump.name : null;
  };
  const circle = firstOfCircles(Object.keys(inventory.hosts), next).find(([first]) => first === name);
  const [host, through] = [inventory.hosts[name], next(name)];
  return [
    ...(circle !== undefined ? [wrong(path, `a circle: ${[...circle, name].join(' -> ')}`)] : []),
    ...(host?.jump !== undefined && host.local
      ? [wrong(path, 'the runner reaches itself without a jump')]
      : []),
    ...(through !== null && inventory.hosts[through]?.local === true
      ? [wrong(path, `${through} is the runner itself: no jump leads through it`)]
      : []),
  ];
}
