import { randomBytes } from 'node:crypto';
import { forgetAdhoc } from '../commands/journal.ts';
import { doubtDisks, judgeDisks } from '../domain/disks.ts';
import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import type { HostJournal } from '../domain/journal.ts';
import { judgeMachines } from '../domain/judge-hosts.ts';
import type { Report, ReportedDump, ReportedGlobals } from '../domain/report.ts';
import { askOk, type Runner } from '../executor/ask.ts';
import { runnerDisks } from '../executor/disks.ts';
import type { DumpContext } from '../executor/dump-context.ts';
import { restoreGlobalsLines, restoreLines } from '../executor/dump-records.ts';
import { Journal, readJournals } from '../executor/journal.ts';
import { acquireAll, releaseAll } from '../executor/lock.ts';
import { forEachParallel } from '../executor/pool.ts';
import { readFacts } from '../executor/survey.ts';
import { takeAdhoc, takeGlobals } from '../executor/take-dump.ts';
import { emptyReport } from '../report/empty.ts';
import { explainFailure } from '../report/failure.ts';
import type { UpgradeContext } from './context.ts';
import { refuse } from './refuse.ts';

const PART = 'backup-db (point: adhoc)';

/** What was dumped so far. */
interface Taken {
  readonly dumps: ReportedDump[];
  readonly globals: ReportedGlobals[];
}

/**
 * Dumps the databases as they are now: nothing is stopped, no upgrade is begun, and the hosts keep neither copy nor
 * record. In the middle of an upgrade of the same run, the lock stays with it. Never throws for what goes wrong on a
 * host: the report has it.
 */
export async function backUp(context: UpgradeContext): Promise<Report> {
  const taken: Taken = { dumps: [], globals: [] };
  const told = { ...emptyReport(context.files.plan.name), ...taken, part: PART };
  const targets = databasesOf(context.files.plan, context.files.inventory).filter(({ key }) =>
    context.scope.databases.has(key),
  );
  try {
    if (context.dryRun) {
      return { ...told, outcome: 'planned', planned: targets.map(planned) };
    }
    await dumpAll(context, targets, taken);
    return { ...told, outcome: 'done' };
  } catch (error) {
    const outcome = context.runner.signal.aborted ? 'cancelled' : 'refused';
    return {
      ...told,
      outcome,
      failure: { ...explainFailure(error), state: 'Nothing was stopped or changed.' },
    };
  }
}

function planned({ on, name, port }: DatabaseTarget): Report['planned'][number] {
  const commands = [`pg_dump -Fc --port=${port} ${name}`, 'pg_restore -f /dev/null    # reads all of it'];
  return {
    phase: 'backup-db',
    stage: 'dump the databases (adhoc)',
    host: on,
    title: `dump ${name}`,
    commands,
  };
}

async function dumpAll(
  context: UpgradeContext,
  targets: readonly DatabaseTarget[],
  taken: Taken,
): Promise<void> {
  const { runner, files, owner, takeover, dumps: settings } = context;
  const facts = await readFacts(runner, files, 'system');
  await refuseUnfit(context, targets, facts);
  const keeps = isInItsMidst(await readJournals(runner), owner.key);
  context.onLock();
  const lock = await acquireAll(runner, randomBytes(6).toString('hex'), owner, takeover);
  context.onLocked(lock.epochs);
  const journal = new Journal(runner, lock, adhocId(runner.clock.now()), new Map());
  const resolved = { schema: 1 as const, ...files, hosts: {}, irreversible: [] };
  const dumping: DumpContext = { runner, journal, resolved, settings, facts };
  runner.log.group('backup-db: dump the databases (adhoc)');
  try {
    await forEachParallel(
      [...dumpsOf(dumping, targets, taken), ...globalsOf(dumping, targets, taken)],
      (task) => task(),
    );
  } finally {
    runner.log.endGroup();
    await clear(runner, journal);
    if (!keeps) {
      await releaseAll(runner, journal.lock);
    }
  }
}

/**
 * Is this run in the middle of an upgrade, whose lock it holds? Then the lock is the upgrade's, and what the run does
 * next needs it.
 */
function isInItsMidst(journals: ReadonlyMap<string, HostJournal>, key: string): boolean {
  const all = [...journals.values()];
  return all[0]?.current !== null && all.some(({ lock }) => lock?.owner.key === key);
}

function dumpsOf(context: DumpContext, targets: readonly DatabaseTarget[], { dumps }: Taken) {
  return targets.map((target) => async () => {
    context.runner.log.info(`${target.on}: dump ${target.name} (adhoc)`);
    const dump = await takeAdhoc(context, target);
    dumps.push({ ...dump, rows: null, restore: restoreLines(dump) });
  });
}

function globalsOf(context: DumpContext, targets: readonly DatabaseTarget[], { globals }: Taken) {
  const servers = new Map(targets.map((target) => [`${target.on}:${target.port}`, target]));
  return [...servers.values()].map((target) => async () => {
    const record = await takeGlobals(context, target, 'adhoc');
    globals.push({ ...record, restore: restoreGlobalsLines(record) });
  });
}

/** @throws UpgradeError naming every database that is not there, and what else is in the way of dumping any */
async function refuseUnfit(
  { runner, files, dumps: settings, scope }: UpgradeContext,
  targets: readonly DatabaseTarget[],
  facts: DumpContext['facts'],
): Promise<void> {
  const disks = await runnerDisks(settings, files, facts, scope.databases, 1);
  for (const doubt of doubtDisks(disks)) {
    runner.log.warning(doubt);
  }
  const refusals = [...judgeMachines(facts), ...judgeDisks(disks), ...missing(targets, facts)];
  refuse('not every database can be dumped', refusals, runner.hosts.keys());
}

function missing(targets: readonly DatabaseTarget[], facts: DumpContext['facts']): string[] {
  return targets
    .filter(({ on, key }) => facts.get(on)?.databases[key]?.exists !== true)
    .map(({ on, name, port, key }) => {
      const silence = facts.get(on)?.databases[key]?.silence ?? '';
      return `${on}: ${name} on port ${port}: ${silence === '' ? 'there is no such database' : silence}`;
    });
}

/** What is killed before this leaves a folder, which goes with the lock. */
async function clear(runner: Runner, journal: Journal): Promise<void> {
  await forEachParallel([...runner.hosts.keys()], async (host) => {
    await askOk(runner, host, forgetAdhoc(journal.tenure(host)));
  });
}

/** As `adhoc-20261123T174500Z-3fa2`. */
function adhocId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `adhoc-${time}-${randomBytes(2).toString('hex')}`;
}
