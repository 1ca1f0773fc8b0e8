import { type PackageRecord, parsePackageRecords, recordKey } from './package-records.ts';
import type { PackageChange, Transaction } from './transaction.ts';

/** What installing packages takes on the disks of a host, in bytes. */
export interface PackageRoom {
  /** Where they are downloaded to. */
  readonly download: number;
  /** Where they are unpacked: what they grow by, and the largest of them beside its old files. */
  readonly unpack: number;
}

/**
 * Adds up what a transaction takes.
 * @param stdout the simulation's answer, with the records of what comes and of what is there
 */
export function packageRoom({ changes }: Transaction, stdout: string): PackageRoom {
  const records = parsePackageRecords(stdout);
  const taken = changes.map((change) => roomOf(change, records));
  return {
    download: sum(taken.map(({ size }) => size)),
    unpack: sum(taken.map(({ grown }) => grown)) + Math.max(0, ...taken.map(({ unpacked }) => unpacked)),
  };
}

function roomOf(
  { name, from, to, architecture }: PackageChange,
  records: ReadonlyMap<string, PackageRecord>,
): Record<'size' | 'unpacked' | 'grown', number> {
  const { size = 0, installedSize = 0 } = records.get(recordKey(name, to, architecture)) ?? {};
  const old = from === null ? undefined : records.get(recordKey(name, from, architecture));
  // A package is never smaller than its .deb by much, whatever its maker forgot to count.
  const unpacked = Math.max(installedSize, size);
  // What gets smaller leaves room only after the others were unpacked beside it.
  return { size, unpacked, grown: Math.max(0, unpacked - (old?.installedSize ?? 0)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
