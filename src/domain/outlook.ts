import type { DiskOutlook } from './disks.ts';
import type { HostFacts } from './facts.ts';
import { databasesOf } from './inventory.ts';
import { hostNames, type ResolvedPlan, resolvedHost } from './resolved.ts';

/** Bytes of a database that are dumped, read, hashed and sent in a second, on hardware of the plain kind. */
const DUMP_RATE = 25e6;

/** A compressed dump is a third of its database, give or take. */
const DUMP_SHARE = 1 / 3;

/** What an upgrade would meet, besides what it would do. */
export interface Outlook {
  readonly databases: readonly DatabaseOutlook[];
  readonly disks: readonly DiskOutlook[];
  /** What cannot be undone by running something else, in words. */
  readonly irreversible: readonly string[];
}

export interface DatabaseOutlook {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly sizeBytes: number;
  /** Estimates. */
  readonly dumpBytes: number;
  readonly dumpSeconds: number;
}

/** The size of a database's dump, an estimate in bytes. */
export function dumpEstimate(databaseBytes: number): number {
  return Math.round(databaseBytes * DUMP_SHARE);
}

/** What follows for people from a resolved plan and the facts of the hosts. */
export function outlookOf(
  resolved: ResolvedPlan,
  facts: ReadonlyMap<string, HostFacts>,
  disks: readonly DiskOutlook[],
): Outlook {
  return {
    databases: databasesOf(resolved.plan, resolved.inventory).map(({ key, name, on: host, port }) => {
      const sizeBytes = facts.get(host)?.databases[key]?.sizeBytes ?? 0;
      const dumpBytes = dumpEstimate(sizeBytes);
      return { name, host, port, sizeBytes, dumpBytes, dumpSeconds: Math.ceil(sizeBytes / DUMP_RATE) };
    }),
    disks,
    irreversible: resolved.irreversible,
  };
}

/** What cannot be undone by running something else, in words. */
export function irreversibleIn(resolved: ResolvedPlan, facts: ReadonlyMap<string, HostFacts>): string[] {
  return [...migrated(resolved), ...goneVersions(resolved, facts), ...removed(resolved)];
}

function migrated({ plan, inventory }: ResolvedPlan): string[] {
  return databasesOf(plan, inventory)
    .filter(({ roles }) => roles.some((role) => (plan.roles[role]?.migrate.length ?? 0) > 0))
    .map(({ name, on }) => `${name} on ${on} is migrated: only its dump brings the old schema back`);
}

/** The old packages of what changes that nobody offers any more. */
function goneVersions(resolved: ResolvedPlan, facts: ReadonlyMap<string, HostFacts>): string[] {
  return hostNames(resolved).flatMap((host) =>
    (resolvedHost(resolved, host).transaction?.changes ?? []).flatMap(({ name, from }) => {
      const known = facts.get(host)?.packages[name];
      return from === null || known === undefined || known.offers.includes(from)
        ? []
        : [
            `${host}: ${name} ${from} is not on offer: once replaced, it cannot be installed again from there`,
          ];
    }),
  );
}

function removed(resolved: ResolvedPlan): string[] {
  return hostNames(resolved).flatMap((host) =>
    (resolvedHost(resolved, host).transaction?.removals ?? []).map(
      ({ name, version }) => `${host}: ${name} ${version} is removed`,
    ),
  );
}
