import { unlikeDump } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import { endedWell } from '../domain/journal.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Dumps } from '../executor/dumps.ts';
import type { Journal } from '../executor/journal.ts';
import { type Broken, brokenSteps, changersOf } from './broken-steps.ts';

/** What is asked of the dumps and of the databases behind them. */
export type Known = Pick<Dumps, 'latest' | 'observe' | 'isMigrated'>;

/** What an upgrade that is taken up has to know about its databases. */
export interface Settled {
  /** Steps whose work was undone by somebody who restored the database: they are to be run anew. */
  readonly undone: readonly ScriptStep[];
  /** Steps that were interrupted on a database which nobody restored: the upgrade cannot go on. */
  readonly broken: readonly Broken[];
  /** In what their databases are not as the dumps of before have them. */
  readonly differences: readonly string[];
}

/**
 * Looks at the databases of an upgrade that is taken up. One whose migration was interrupted is not migrated again
 * on what was left: when somebody restored it, all that changes it runs anew.
 */
export async function settleDatabases(
  journal: Journal,
  dumps: Known,
  resolved: ResolvedPlan,
  stages: readonly Stage[],
): Promise<Settled> {
  const settled = { undone: [] as ScriptStep[], broken: [] as Broken[], differences: [] as string[] };
  for (const target of databasesOf(resolved.plan, resolved.inventory)) {
    const changers = changersOf(stages, target);
    const broken = brokenSteps(journal, stages, [target]);
    // What broke before there was a dump has none to be restored: it is told of when its turn comes.
    if (
      dumps.latest(target, 'before') === undefined &&
      broken.every(({ step }) => step.phase === 'run-steps')
    ) {
      continue;
    }
    if (broken.length === 0 && !(await isUndone(journal, dumps, target, changers))) {
      continue;
    }
    const differences = await differencesFrom(dumps, target);
    if (differences.length === 0) {
      settled.undone.push(...changers, ...openings(journal, stages));
    } else if (broken.length > 0) {
      settled.broken.push(...broken);
      settled.differences.push(...differences);
    }
  }
  return settled;
}

/**
 * The stops and starts of services, once these were opened again: to be run anew with the migrations, so that the
 * services are down meanwhile.
 */
export function openings(journal: Journal, stages: readonly Stage[]): ScriptStep[] {
  const steps = stages
    .flatMap(({ lanes }) => lanes.flat())
    .filter((step): step is ScriptStep => step.kind === 'script')
    .filter(({ phase }) => phase === 'stop-services' || phase === 'start-services');
  const opened = steps.some(
    ({ host, id, phase }) => phase === 'start-services' && journal.step(host, id) !== undefined,
  );
  return opened ? steps : [];
}

/** Did all migrations end well, and yet something is pending? */
async function isUndone(
  journal: Journal,
  dumps: Known,
  target: DatabaseTarget,
  changers: readonly ScriptStep[],
): Promise<boolean> {
  const migrations = changers.filter(({ phase }) => phase === 'migrate');
  const done = migrations.every((step) => {
    const state = journal.step(step.host, step.id)?.state;
    return endedWell(state);
  });
  return done && migrations.length > 0 && !(await dumps.isMigrated(target));
}

/** In what a database is not as its dump of before has it; empty for one that was restored, or never changed. */
async function differencesFrom(dumps: Known, target: DatabaseTarget): Promise<string[]> {
  const before = dumps.latest(target, 'before')?.state;
  if (before === undefined) {
    return [`${target.name}: there is no dump of before`];
  }
  return unlikeDump(before, await dumps.observe(target)).map((line) => `${target.name}: ${line}`);
}

/** The ids of steps by their host. */
export function byHost(steps: readonly ScriptStep[]): Map<string, string[]> {
  return new Map(
    steps.map(({ host }) => [host, steps.filter((step) => step.host === host).map(({ id }) => id)]),
  );
}

/** The error of an upgrade that cannot go on; what to do is said for every failure that leaves a broken step. */
export function interrupted({ broken, differences }: Settled): UpgradeError {
  const [first] = broken;
  return new UpgradeError(
    broken.map(({ step }) => `${step.host}: ${step.title} was begun and did not end well`).join('\n'),
    {
      host: first?.step.host ?? null,
      command: first?.step.title ?? null,
      output: ['not as in the dumps of before:', ...differences].join('\n'),
    },
  );
}
