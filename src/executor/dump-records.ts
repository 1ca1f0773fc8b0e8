import { restoreByHand } from '../commands/restore.ts';
import { type DumpRecord, type GlobalsRecord, recordName } from '../domain/dump.ts';
import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import type { DumpPoint } from '../domain/plan.ts';
import type { ReportedDump } from '../domain/report.ts';
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

/** The roles and grants of every server. */
export function allGlobals({ journal, resolved }: Recorded): GlobalsRecord[] {
  const servers = new Map(
    databasesOf(resolved.plan, resolved.inventory).map((target) => [`${target.on}:${target.port}`, target]),
  );
  return [...servers.values()].flatMap((target) => globalsOf(journal, target) ?? []);
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
  const { name, port, generation, hostCopy, stored, shape } = record;
  const file = hostCopy ?? '/root/restore.dump';
  const source = stored?.url ?? stored?.path ?? 'its store';
  const fetch = record.encrypted
    ? `# Fetch ${stored?.name} from ${source} and decrypt it: age -d -i KEY.txt ${stored?.name} > ${file}`
    : `# Fetch ${stored?.name} from ${source} to ${file}`;
  const restore = restoreByHand({
    database: { name, port },
    file,
    shape,
    suffix: `${new Date(record.takenAt).toISOString().replace(/\D/g, '').slice(0, 14)}_${generation}`,
  });
  return hostCopy === null ? `${fetch}\n${restore}` : restore;
}
