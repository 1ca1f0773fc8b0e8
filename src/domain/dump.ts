import type { DatabaseShape } from './facts.ts';
import type { DumpPoint } from './plan.ts';

/** Where a dump lies for good, once a copy with this hash is known to be there. */
export interface StoredDump {
  readonly kind: 'artifact' | 'directory';
  readonly name: string;
  /** Of the file as stored (encrypted, where it is), in hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** The artifact's id (kind `artifact`). */
  readonly id?: number;
  /** The file's path (kind `directory`). */
  readonly path?: string;
  /** The page on which a person finds it (kind `artifact`). */
  readonly url?: string;
}

/** How many rows were written since the server's counters began. */
export interface WriteCounters {
  /** The server's number of the database: another one under the same name has another. */
  readonly oid: string;
  readonly inserted: string;
  readonly updated: string;
  readonly deleted: string;
  /** When they began anew, opaque: somebody reset them, or the server crashed. */
  readonly reset: string | null;
}

/** What a database is like at one moment, with nobody writing. */
export interface DatabaseState {
  readonly writes: WriteCounters;
  /** Exact row counts, by `schema.table`. */
  readonly rows: Readonly<Record<string, number>>;
  /** What each role's `schema` command says of applied migrations, by role. */
  readonly heads: Readonly<Record<string, string>>;
}

/** A dump that was proved and has a copy that lasts. Kept in the journal of the database's host. */
export interface DumpRecord {
  /** The inventory's key. */
  readonly key: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `adhoc`: of a running stack, outside of any upgrade. */
  readonly point: DumpPoint | 'adhoc';
  /** 1 for the first; a later one is made when rows were written after it and before any migration. */
  readonly generation: number;
  readonly shape: DatabaseShape;
  /** Of the archive as PostgreSQL made it; taken on both ends. */
  readonly sha256: string;
  readonly bytes: number;
  /** The copy on the database's host, or null where there was no room. */
  readonly hostCopy: string | null;
  readonly stored: StoredDump | null;
  readonly encrypted: boolean;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  readonly state: DatabaseState;
}

/** The roles and grants of one server. */
export type GlobalsRecord = Omit<DumpRecord, 'key' | 'name' | 'generation' | 'shape' | 'state'>;

/** What a database is, compared with its `before` dump. */
export type Drift =
  | { readonly kind: 'unchanged' }
  /** Somebody wrote, or the counters began anew: another generation of the dump is wanted. */
  | { readonly kind: 'written'; readonly what: string }
  /** Its schema is not that of the dump, and no migration of this upgrade explains it. */
  | { readonly kind: 'foreign'; readonly what: string };

/** Compares a database, none of whose migrations has begun, with its dump. */
export function drift(before: DatabaseState, now: DatabaseState): Drift {
  const heads = changedHeads(before, now);
  if (heads.length > 0) {
    return { kind: 'foreign', what: `the schema of ${heads.join(', ')} changed since the dump` };
  }
  const writes = compareCounters(before.writes, now.writes);
  return writes.kind === 'equal'
    ? { kind: 'unchanged' }
    : { kind: 'written', what: `${writes.what} since the dump` };
}

/** What became of the counters: `reset` when they began anew, by a crash or by somebody, and tell nothing. */
export function compareCounters(
  before: WriteCounters,
  now: WriteCounters,
): { readonly kind: 'equal' | 'written' | 'reset'; readonly what: string } {
  if (before.oid !== now.oid) {
    return { kind: 'reset', what: 'another database was put under its name' };
  }
  const kinds = ['inserted', 'updated', 'deleted'] as const;
  const counts = kinds.map((kind) => ({ kind, count: BigInt(now[kind]) - BigInt(before[kind]) }));
  if (before.reset !== now.reset || counts.some(({ count }) => count < 0n)) {
    return { kind: 'reset', what: "the server's counters of writes began anew" };
  }
  const written = counts
    .filter(({ count }) => count > 0n)
    .map(({ kind, count }) => `${count} ${count === 1n ? 'row' : 'rows'} ${kind}`);
  return { kind: written.length === 0 ? 'equal' : 'written', what: written.join(', ') };
}

/**
 * In what a database is not what its dump has, in words: another schema, or other numbers of rows; or the very database
 * of the dump, in which rows were written since, as an interrupted step leaves it that only changes rows.
 */
export function unlikeDump(before: DatabaseState, now: DatabaseState): string[] {
  const changed = [
    ...changedHeads(before, now).map((role) => `the schema of ${role} is another one`),
    ...changedRows(before, now).map((change) => `rows of ${change}`),
  ];
  const writes = compareCounters(before.writes, now.writes);
  return changed.length > 0 || before.writes.oid !== now.writes.oid || writes.kind === 'equal'
    ? changed
    : [`it is the same database as before, not a restored one, and ${writes.what} since its dump`];
}

/** The roles whose `schema` command prints something else now. */
export function changedHeads(before: DatabaseState, now: DatabaseState): string[] {
  return keysOf(before.heads, now.heads).filter((role) => before.heads[role] !== now.heads[role]);
}

/** The tables with another number of rows, as `table: 5 -> 3`. */
export function changedRows(before: DatabaseState, now: DatabaseState): string[] {
  return keysOf(before.rows, now.rows)
    .filter((table) => before.rows[table] !== now.rows[table])
    .map(
      (table) =>
        `${table}: ${before.rows[table] ?? 'no such table'} -> ${now.rows[table] ?? 'no such table'}`,
    );
}

function keysOf(first: object, second: object): string[] {
  return [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
}

/** The name of a dump's record in the journal; the first generation is never replaced. */
export function recordName(key: string, point: DumpPoint, generation: number): string {
  return `dump.${key}.${point}${generation === 1 ? '' : `.${generation}`}`;
}
