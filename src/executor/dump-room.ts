import { ROOT } from '../commands/host-library.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import type { DumpContext } from './dump-context.ts';

/** Bytes that stay free on a file system besides a dump: a full one stops the database server. */
const RESERVE = 512 * 1024 * 1024;

/** Is there room for a copy on the host? The database's size is more than its compressed dump takes. */
export function hasRoom({ facts }: DumpContext, target: DatabaseTarget): boolean {
  const host = facts.get(target.on);
  const free = host?.free[ROOT]?.bytes ?? 0;
  return free - (host?.databases[target.key]?.sizeBytes ?? Number.POSITIVE_INFINITY) >= RESERVE;
}

/** A dump is compressed; a third of the database's size is a fair guess, good enough for an estimate. */
export function expectedSize({ facts }: DumpContext, target: DatabaseTarget): number {
  return Math.round((facts.get(target.on)?.databases[target.key]?.sizeBytes ?? 0) / 3);
}
