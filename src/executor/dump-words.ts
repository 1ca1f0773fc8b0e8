import type { DumpTrailer } from '../commands/dump.ts';
import { RESERVE } from '../domain/disks.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import type { DumpProgress } from '../ports.ts';

/** That a dump has no copy on its host, with the numbers. */
export function noRoom({ on }: DatabaseTarget, title: string, { room }: DumpTrailer): string {
  const { free, promised, needed } = room;
  const others = promised === 0 ? '' : `, other dumps may take ${mega(promised)} of them`;
  return `${on}: ${title}: no copy is kept on the host: ${mega(free)} are free${others}, this one may take ${mega(needed)}, and ${mega(RESERVE)} have to stay free for the database server`;
}

/** As `120 MB, 38 MB/s, about 12 s to go`. */
export function describeProgress({ bytes, bytesPerSecond, secondsLeft }: DumpProgress): string {
  const rest = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s to go`;
  return `${mega(bytes)}, ${mega(bytesPerSecond)}/s${rest}`;
}

function mega(count: number): string {
  return `${(count / 1e6).toFixed(0)} MB`;
}
