import type { HostFacts, PackageFacts } from './facts.ts';
import { type Inventory, packagesOn } from './inventory.ts';
import type { Plan } from './plan.ts';
import { newestIn, ruleFor, satisfies } from './version-range.ts';

/** Exact versions by host and package; a host on which all is there already has none. */
export interface Choice {
  readonly packages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Why the upgrade cannot be done, in words. */
  readonly refusals: readonly string[];
}

export interface Wanted {
  readonly host: string;
  readonly name: string;
  readonly facts: PackageFacts;
  readonly chosen: string | null;
}

const UNKNOWN: PackageFacts = { state: '', version: null, held: false, candidate: null, offers: [] };

/**
 * Chooses the version of every package on every host: the newest on offer that the plan's rule allows, never simply
 * the newest. Where all packages with a rule fulfil it already, nothing is chosen, so that a second run changes
 * nothing.
 */
export function chooseVersions(
  plan: Plan,
  inventory: Inventory,
  facts: ReadonlyMap<string, HostFacts>,
): Choice {
  const wanted = [...facts].flatMap(([host, { packages }]) =>
    packagesOn(plan, inventory, host).map((name) => want(plan, host, name, packages[name] ?? UNKNOWN)),
  );
  if (wanted.every((item) => isThere(plan, item))) {
    return { packages: {}, refusals: [] };
  }
  const refusals = wanted.flatMap((item) => [...missing(plan, item), ...wrongStart(plan, item)]);
  return { packages: byHost(wanted), refusals: [...refusals, ...unequal(plan, wanted)] };
}

function want(plan: Plan, host: string, name: string, facts: PackageFacts): Wanted {
  return { host, name, facts, chosen: newestIn(rangeOf(plan, name), facts.offers) };
}

function rangeOf(plan: Plan, name: string): string {
  return ruleFor(plan.versions.to, name)?.range ?? 'any';
}

function isConfigured(facts: PackageFacts): boolean {
  return facts.state.endsWith(' ok installed');
}

function isThere(plan: Plan, { name, facts }: Wanted): boolean {
  return facts.version !== null && isConfigured(facts) && satisfies(facts.version, rangeOf(plan, name));
}

function missing(plan: Plan, { host, name, facts, chosen }: Wanted): string[] {
  const offers =
    facts.offers.length === 0
      ? 'nothing is'
      : `${facts.offers.join(', ')} ${facts.offers.length === 1 ? 'is' : 'are'}`;
  return chosen !== null
    ? []
    : [`${host}: no version of ${name} in the wanted range (${rangeOf(plan, name)}) is on offer; ${offers}`];
}

function wrongStart(plan: Plan, item: Wanted): string[] {
  const range = ruleFor(plan.versions.from, item.name)?.range;
  if (range === undefined || isThere(plan, item)) {
    return [];
  }
  const { version } = item.facts;
  return version !== null && satisfies(version, range)
    ? []
    : [`${item.host}: ${item.name} is ${version ?? 'not installed'}, and the plan upgrades from ${range}`];
}

/** Packages that the plan wants at one version everywhere and that would not be, in words. */
export function unequal(plan: Plan, wanted: readonly Pick<Wanted, 'host' | 'name' | 'chosen'>[]): string[] {
  return plan.versions.same.flatMap((group) => {
    const members = wanted.filter(({ name, chosen }) => group.includes(name) && chosen !== null);
    const versions = new Set(members.map(({ chosen }) => chosen));
    return versions.size <= 1
      ? []
      : [
          `${group.join(' and ')} must have the same version everywhere, and would be ${members
            .map(({ host, name, chosen }) => `${name} ${chosen} on ${host}`)
            .join(', ')}`,
        ];
  });
}

function byHost(wanted: readonly Wanted[]): Record<string, Record<string, string>> {
  const hosts = new Map<string, Wanted[]>();
  for (const item of wanted) {
    hosts.set(item.host, [...(hosts.get(item.host) ?? []), item]);
  }
  const changing = [...hosts].filter(([, items]) =>
    items.some(({ facts, chosen }) => facts.version !== chosen || !isConfigured(facts)),
  );
  return Object.fromEntries(
    changing.map(([host, items]) => [
      host,
      Object.fromEntries(items.flatMap(({ name, chosen }) => (chosen === null ? [] : [[name, chosen]]))),
    ]),
  );
}
