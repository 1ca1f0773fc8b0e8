import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import type { DumpPoint } from '../domain/plan.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { RunnerStep, Stage } from '../domain/step.ts';

/** The runner's part of a dump. */
export interface DumpWork {
  /** Dumps a database, proves the dump and stores it; does nothing where that was done and still is there. */
  dump(target: DatabaseTarget, point: DumpPoint): Promise<void>;
  /** Dumps the roles and grants of the server of a database. */
  dumpGlobals(target: DatabaseTarget): Promise<void>;
  /** Is it remembered as dumped? Whether its copies are still there was not looked at. */
  isDumped(target: DatabaseTarget, point: DumpPoint): boolean;
  areGlobalsDumped(target: DatabaseTarget): boolean;
  /** The commands of a dump, for people. */
  describe(target: DatabaseTarget, point: DumpPoint): readonly string[];
}

/** Dumps every database at one point, side by side, if the plan names that point. */
export function backupDb(resolved: ResolvedPlan, point: DumpPoint, work: DumpWork): Stage[] {
  if (!resolved.plan.dumps.includes(point)) {
    return [];
  }
  const targets = databasesOf(resolved.plan, resolved.inventory);
  const lanes = targets.map((target) => [dumpStep(target, point, work)]);
  const servers = Map.groupBy(targets, ({ on, port }) => `${on}:${port}`);
  const globals = point === 'before' ? [...servers.values()].flatMap((all) => globalsLane(all, work)) : [];
  return [{ phase: 'backup-db', title: `dump the databases (${point})`, lanes: [...lanes, ...globals] }];
}

function dumpStep(target: DatabaseTarget, point: DumpPoint, work: DumpWork): RunnerStep {
  return {
    kind: 'runner',
    id: `backup-db.${target.key}.${point}`,
    phase: 'backup-db',
    host: target.on,
    title: `dump ${target.name} (${point})`,
    commands: work.describe(target, point),
    databases: [target.key],
    run: async () => await work.dump(target, point),
    isDone: () => work.isDumped(target, point),
  };
}

/** @param targets the databases of one server */
function globalsLane(targets: readonly DatabaseTarget[], work: DumpWork): RunnerStep[][] {
  return targets.slice(0, 1).map((target) => [
    {
      kind: 'runner',
      id: `backup-db.globals-${target.port}`,
      phase: 'backup-db',
      host: target.on,
      title: `dump the roles and grants of the server on port ${target.port}`,
      commands: [`pg_dumpall --globals-only --port=${target.port}`],
      databases: targets.map(({ key }) => key),
      run: async () => await work.dumpGlobals(target),
      isDone: () => work.areGlobalsDumped(target),
    },
  ]);
}
