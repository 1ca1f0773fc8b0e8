import type { FreeSpace } from './facts.ts';

/** Bytes that stay free on a file system with a database or with copies of dumps: a full one stops the server. */
export const RESERVE = 512 * 1024 * 1024;

/**
 * By how much an estimate may be too high: dumps of databases full of indexes or of dead rows are a thirtieth of their
 * size, where a third is what is expected.
 */
const DOUBT = 10;

/** One file system, with those of the upgrade's folders that lie on it. */
export interface DiskOutlook {
  readonly host: string;
  readonly folders: readonly string[];
  readonly freeBytes: number;
  /** What the upgrade needs there, with what has to stay free for a database server. */
  readonly needBytes: number;
  /** Is what is needed an estimate? Then less may do. */
  readonly estimated: boolean;
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
 * @param estimated is what the folders need an estimate?
 */
export function disksOf(
  host: string,
  folders: readonly FolderNeed[],
  { served = new Set(), estimated = false }: { served?: ReadonlySet<string>; estimated?: boolean } = {},
): DiskOutlook[] {
  return [...Map.groupBy(folders, ({ free }) => free.device)].map(([device, together]) => {
    const written = together.reduce((total, { bytes }) => total + bytes, 0);
    return {
      host,
      folders: together.map(({ path }) => path),
      freeBytes: Math.min(...together.map(({ free }) => free.bytes)),
      needBytes: written + (served.has(device) ? RESERVE : 0),
      estimated,
    };
  });
}

/** Which disks are too small for certain, each in words that begin with the host. */
export function judgeDisks(disks: readonly DiskOutlook[]): string[] {
  return disks
    .filter((disk) => disk.freeBytes < leastBytes(disk))
    .map(
      (disk) =>
        `${disk.host}: too little room on the disk of ${disk.folders.join(', ')}: ${disk.estimated ? 'at least ' : ''}${mega(leastBytes(disk), Math.ceil)} are needed, and ${mega(disk.freeBytes, Math.floor)} are free; make room there, or let it have a larger one`,
    );
}

/** Which disks may be too small, in such words: people know their databases, and an estimate refuses nothing. */
export function doubtDisks(disks: readonly DiskOutlook[]): string[] {
  return disks
    .filter((disk) => disk.freeBytes < disk.needBytes && disk.freeBytes >= leastBytes(disk))
    .map(
      ({ host, folders, freeBytes, needBytes }) =>
        `${host}: there may be too little room on the disk of ${folders.join(', ')}: about ${mega(needBytes, Math.ceil)} are needed, and ${mega(freeBytes, Math.floor)} are free`,
    );
}

function leastBytes({ needBytes, estimated }: DiskOutlook): number {
  return estimated ? needBytes / DOUBT : needBytes;
}

/** Rounded so that what is too little never looks like enough. */
function mega(bytes: number, round: (value: number) => number): string {
  return `${round(bytes / 1e6)} MB`;
}
