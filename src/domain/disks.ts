import type { FreeSpace } from './facts.ts';

/** Bytes that stay free on a file system with a database or with copies of dumps: a full one stops the server. */
export const RESERVE = 512 * 1024 * 1024;

/** One file system, with those of the upgrade's folders that lie on it. */
export interface DiskOutlook {
  readonly host: string;
  readonly folders: readonly string[];
  readonly freeBytes: number;
  /** What the upgrade needs there, with what has to stay free for a database server. */
  readonly needBytes: number;
}

/** A folder of a host that the upgrade writes to. */
export interface FolderNeed {
  readonly path: string;
  readonly bytes: number;
  readonly free: FreeSpace;
}

/**
 * Puts together the folders that share a file system, since they share its room.
 * @param served the file systems on which databases lie
 */
export function disksOf(
  host: string,
  folders: readonly FolderNeed[],
  served: ReadonlySet<string> = new Set(),
): DiskOutlook[] {
  return [...Map.groupBy(folders, ({ free }) => free.device)].map(([device, together]) => {
    const written = together.reduce((total, { bytes }) => total + bytes, 0);
    return {
      host,
      folders: together.map(({ path }) => path),
      freeBytes: Math.min(...together.map(({ free }) => free.bytes)),
      needBytes: written + (served.has(device) ? RESERVE : 0),
    };
  });
}

/** Which disks are too small, each in words that begin with the host. */
export function judgeDisks(disks: readonly DiskOutlook[]): string[] {
  return disks
    .filter(({ freeBytes, needBytes }) => freeBytes < needBytes)
    .map(
      ({ host, folders, freeBytes, needBytes }) =>
        `${host}: too little room on the disk of ${folders.join(', ')}: ${mega(needBytes, Math.ceil)} are needed, and ${mega(freeBytes, Math.floor)} are free; make room there, or let it have a larger one`,
    );
}

/** Rounded so that what is too little never looks like enough. */
function mega(bytes: number, round: (value: number) => number): string {
  return `${round(bytes / 1e6)} MB`;
}
