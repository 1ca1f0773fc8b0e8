import { restoreByHand, restoreGlobalsByHand } from '../commands/restore.ts';
import { type DumpRecord, type GlobalsRecord, recordName } from '../domain/dump.ts';
import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import type { DumpPoint } from '../domain/plan.ts';
import type { ReportedDump, ReportedGlobals } from '../domain/report.ts';
import type { DumpContext } from './dump-context.ts';
import type { Journal } from './journal.ts';

type Recorded = Pick<DumpContext, 'journal' | 'resolved'>;

/** Every dump that counts, of all databases. */
export function allDumps({ journal, resolved }: Recorded): DumpRecord[] {
  return databasesOf(resolved.plan, resolved.inventory).flatMap((target) =>
    (['before', 'after-migrate', 'after-steps'] as const).flatMap((point) =>
      generations(journal, target, point),
    ),
  );
}

/** Every dump with the commands that restore it. */
export function reportedDumps(recorded: Recorded): ReportedDump[] {
  return allDumps(recorded).map(({ state, ...record }) => ({
    ...record,
    rows: Object.values(state.rows).reduce((sum, count) => sum + count, 0),
    restore: restoreLines(record),
  }));
}

/** The roles and grants of every server, with the commands that bring them back. */
export function reportedGlobals({ journal, resolved }: Recorded): ReportedGlobals[] {
  const servers = new Map(
    databasesOf(resolved.plan, resolved.inventory).map((target) => [`${target.on}:${target.port}`, target]),
  );
  return [...servers.values()].flatMap((target) => {
    const record = globalsOf(journal, target);
    return record === undefined ? [] : [{ ...record, restore: restoreGlobalsLines(record) }];
  });
}

/** The roles and grants of a database's server, or undefined. */
export function globalsOf(journal: Journal, { on, port }: DatabaseTarget): GlobalsRecord | undefined {
  const text = journal.record(on, globalsName(port));
  return text === undefined ? undefined : (JSON.parse(text) as GlobalsRecord);
}

export function globalsName(port: number): string {
  return `globals.${port}`;
}

/** The dumps of a database at one point, the first one first. */
export function generations(journal: Journal, target: DatabaseTarget, point: DumpPoint): DumpRecord[] {
  const found: DumpRecord[] = [];
  for (;;) {
    const text = journal.record(target.on, recordName(target.key, point, found.length + 1));
    if (text === undefined) {
      return found;
    }
    found.push(JSON.parse(text) as DumpRecord);
  }
}

/** The lines for the database's host. A dump without a copy there is fetched from its store and decrypted first. */
export function restoreLines(record: Omit<DumpRecord, 'state'>): string {
  const { name, port, generation, shape } = record;
  const suffix = `${new Date(record.takenAt).toISOString().replace(/\D/g, '').slice(0, 14)}_${generation}`;
  return onceFetched(record, '/root/restore.dump', (file) =>
    restoreByHand({ database: { name, port }, file, shape, suffix }),
  );
}

/** The same for the roles and grants of a server. */
export function restoreGlobalsLines(record: GlobalsRecord): string {
  return onceFetched(record, '/root/globals.sql', (file) => restoreGlobalsByHand(record.port, file));
}

/** @param lines what is to be done with the file, once it is on its host @param place where it goes if it is not yet */
function onceFetched(
  { hostCopy, stored, encrypted }: Pick<DumpRecord, 'hostCopy' | 'stored' | 'encrypted'>,
  place: string,
  lines: (file: string) => string,
): string {
  if (hostCopy !== null) {
    return lines(hostCopy);
  }
  const source = stored?.url ?? stored?.path ?? 'its store';
  const fetch = encrypted
    ? `# Fetch ${stored?.name} from ${source} and decrypt it: age -d -i KEY.txt ${stored?.name} > ${place}`
    : `# Fetch ${stored?.name} from ${source} to ${place}`;
  return `${fetch}\n${lines(place)}`;
}
