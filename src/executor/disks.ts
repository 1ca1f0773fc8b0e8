import { dirname } from 'node:path';
import { ROOT } from '../commands/host-library.ts';
import { type DiskOutlook, disksOf, type FolderNeed, RESERVE } from '../domain/disks.ts';
import type { HostFacts } from '../domain/facts.ts';
import { databasesOf } from '../domain/inventory.ts';
import { dumpEstimate } from '../domain/outlook.ts';
import type { PackageRoom } from '../domain/package-room.ts';
import type { DumpSettings } from './dump-context.ts';
import type { UpgradeFiles } from './survey.ts';

/** How a disk of the machine that runs the upgrade is called; no host has such a name. */
const RUNNER = 'the runner';

/** Bytes for the journal, the logs of its steps and the copy of /etc. */
const JOURNAL = 64e6;

/** Bytes for what dpkg writes about the packages. */
const LISTS = 16e6;

/** Folders of a host whose room counts: what the upgrade keeps and downloads, where packages go, where dpkg writes. */
export const FOLDERS = { kept: ROOT, packages: '/usr', dpkg: '/var/lib/dpkg' } as const;

/** What is free on the hosts, against what the upgrade needs there as far as that is known. */
export function hostDisks(
  facts: ReadonlyMap<string, HostFacts>,
  rooms: ReadonlyMap<string, PackageRoom> = new Map(),
): DiskOutlook[] {
  return [...facts].flatMap(([host, { free, databases }]) => {
    const { download, unpack } = rooms.get(host) ?? { download: 0, unpack: 0 };
    const needs: Record<string, number> = {
      [FOLDERS.kept]: JOURNAL + download,
      [FOLDERS.packages]: unpack,
      [FOLDERS.dpkg]: unpack > 0 ? LISTS : 0,
    };
    const served = new Set(Object.values(databases).map(({ dataFree }) => dataFree.device));
    return disksOf(
      host,
      Object.entries(free).map(([path, space]) => ({ path, bytes: needs[path] ?? 0, free: space })),
      { served },
    );
  });
}

/**
 * What is free where the runner has dumps on their way, and where it keeps them if it does that itself, against the
 * estimated size of the dumps.
 * @param keys the databases that are dumped, by the inventory's keys
 * @param points how many dumps of each are kept
 */
export async function runnerDisks(
  settings: DumpSettings,
  { plan, inventory }: Pick<UpgradeFiles, 'plan' | 'inventory'>,
  facts: ReadonlyMap<string, HostFacts>,
  keys: ReadonlySet<string>,
  points: number,
): Promise<DiskOutlook[]> {
  const bytes = databasesOf(plan, inventory)
    .filter(({ key }) => keys.has(key))
    .map(({ on, key }) => dumpEstimate(facts.get(on)?.databases[key]?.sizeBytes ?? 0))
    .reduce((total, one) => total + one, 0);
  const need = async (path: string, times: number): Promise<FolderNeed> => ({
    path,
    bytes: bytes * times,
    free: await settings.freeSpace(path),
  });
  // Of the folder of this run only the parent says anything to people.
  const passing = await need(dirname(settings.folder), 1);
  const kept = settings.kept === null ? [] : [await need(settings.kept, points)];
  return bytes === 0 ? [] : disksOf(RUNNER, [passing, ...kept], { estimated: true });
}

/** Where the copies of dumps that their hosts keep may not find room, in words: no reason to refuse. */
export function copiesWithoutRoom(
  { plan, inventory }: Pick<UpgradeFiles, 'plan' | 'inventory'>,
  facts: ReadonlyMap<string, HostFacts>,
  disks: readonly DiskOutlook[],
): string[] {
  const targets = Map.groupBy(databasesOf(plan, inventory), ({ on }) => on);
  return [...targets].flatMap(([host, databases]) => {
    const disk = disks.find((each) => each.host === host && each.folders.includes(FOLDERS.kept));
    // A dump claims as much as its database has, since nobody knows how well it is compressed.
    const size = databases.reduce(
      (total, { key }) => total + (facts.get(host)?.databases[key]?.sizeBytes ?? 0),
      0,
    );
    return disk === undefined || disk.freeBytes - size >= Math.max(RESERVE, disk.needBytes)
      ? []
      : [
          `${host}: there may be no room for copies of the dumps in ${FOLDERS.kept}: then the stored dump is the only one`,
        ];
  });
}
