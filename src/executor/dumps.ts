import { type DumpRecord, recordName } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import type { DumpPoint } from '../domain/plan.ts';
import type { ReportedDump, ReportedGlobals } from '../domain/report.ts';
import { isAtHead } from '../domain/schema-state.ts';
import type { RunnerStep } from '../domain/step.ts';
import type { DumpContext } from './dump-context.ts';
import { copyLasts } from './dump-copies.ts';
import { type GuardedPhase, statesOf, writtenSinceDump } from './dump-guard.ts';
import { generations, globalsName, globalsOf, reportedDumps, reportedGlobals } from './dump-records.ts';
import { observe, refuseSessions } from './observe-database.ts';
import { readSchemas } from './read-schemas.ts';
import { takeDump, takeGlobals } from './take-dump.ts';

/** The dumps of one upgrade: taken once, never replaced, and held against the databases before these change. */
export class Dumps {
  readonly #context: DumpContext;

  constructor(context: DumpContext) {
    this.#context = context;
  }

  globals(): ReportedGlobals[] {
    return reportedGlobals(this.#context);
  }

  reported(): ReportedDump[] {
    return reportedDumps(this.#context);
  }

  /** The first dump of before. */
  first(target: DatabaseTarget): DumpRecord | undefined {
    return generations(this.#context.journal, target, 'before')[0];
  }

  latest(target: DatabaseTarget, point: DumpPoint): DumpRecord | undefined {
    return generations(this.#context.journal, target, point).at(-1);
  }

  async dump(target: DatabaseTarget, point: DumpPoint): Promise<void> {
    const { runner } = this.#context;
    const record = this.latest(target, point);
    if (record === undefined) {
      await this.#take(target, point, 1);
    } else if (this.#isOutdated(target, record)) {
      runner.log.info(`${target.on}: ${target.name} (${point}): migrated again since the last dump of it`);
      await this.#take(target, point, record.generation + 1);
    } else if (await copyLasts(this.#context, record)) {
      runner.log.info(`${target.on}: ${target.name} (${point}): dumped already`);
    } else if (point === 'before' && this.#changed(target)) {
      throw lost(target, record);
    } else {
      await this.#take(target, point, record.generation + 1);
    }
  }

  isDumped(target: DatabaseTarget, point: DumpPoint): boolean {
    return this.latest(target, point) !== undefined;
  }

  areGlobalsDumped(target: DatabaseTarget): boolean {
    return globalsOf(this.#context.journal, target) !== undefined;
  }

  async dumpGlobals(target: DatabaseTarget): Promise<void> {
    const { journal } = this.#context;
    const record = globalsOf(journal, target);
    if (record === undefined || !(await copyLasts(this.#context, record))) {
      const taken = await takeGlobals(this.#context, target);
      await journal.write(target.on, globalsName(target.port), JSON.stringify(taken));
    }
  }

  /** The step that lets nothing touch a database before it is known to be as its dump has it. */
  guard(target: DatabaseTarget, phase: GuardedPhase): RunnerStep {
    return {
      kind: 'runner',
      id: `${phase}.guard.${target.key}`,
      phase,
      host: target.on,
      title: `nobody uses or changed ${target.name} since its dump`,
      commands: ['select ... from pg_stat_activity', 'select ... from pg_stat_user_tables'],
      databases: [target.key],
      run: async () => await this.#dumpAgain(target, await writtenSinceDump(this.#context, target, phase)),
      isDone: () => statesOf(this.#context, target, phase).length > 0,
    };
  }

  /** @param written what was written since the latest dump, or null: then that one is good */
  async #dumpAgain(target: DatabaseTarget, written: string | null): Promise<void> {
    if (written !== null) {
      this.#context.runner.log.warning(
        `${target.on}: ${target.name}: ${written}: it is dumped again, beside the first dump`,
      );
      await this.#take(target, 'before', (this.latest(target, 'before')?.generation ?? 0) + 1);
    }
  }

  async #take(target: DatabaseTarget, point: DumpPoint, generation: number): Promise<void> {
    await refuseSessions(this.#context, target);
    const record = await takeDump(this.#context, target, point, generation);
    await this.#context.journal.write(
      target.on,
      recordName(target.key, point, generation),
      JSON.stringify(record),
      true,
    );
  }

  async observe(target: DatabaseTarget): ReturnType<typeof observe> {
    return await observe(this.#context, target);
  }

  /** Does every role of a database say that nothing is pending? */
  async isMigrated(target: DatabaseTarget): Promise<boolean> {
    const { runner, resolved } = this.#context;
    const schemas = await readSchemas(runner, resolved, target.roles);
    return [...schemas].every(([role, answer]) => isAtHead(answer, resolved.plan.roles[role] ?? {}));
  }

  describe(target: DatabaseTarget, point: DumpPoint): string[] {
    return [
      `pg_dump -Fc --port=${target.port} ${target.name}    # ${point}`,
      'pg_restore -f /dev/null    # reads all of it',
    ];
  }

  /** Was the database restored and migrated anew after a dump of what its first migration had made? */
  #isOutdated(target: DatabaseTarget, { point, takenAt }: DumpRecord): boolean {
    const { journal, facts } = this.#context;
    const ids = target.roles.map((role) => `migrate.${role}.`);
    return journal.steps().some(([host, id, { state }]) => {
      const ended = state.kind === 'ended' ? state.ended - (facts.get(host)?.clockOffset ?? 0) : 0;
      return point !== 'before' && ids.some((start) => id.startsWith(start)) && ended > takenAt;
    });
  }

  /** May packages or migrations of this upgrade have changed a database? */
  #changed(target: DatabaseTarget): boolean {
    return (['migrate', 'install-packages'] as const).some(
      (phase) => statesOf(this.#context, target, phase).length > 0,
    );
  }
}

function lost(target: DatabaseTarget, record: DumpRecord): UpgradeError {
  return new UpgradeError(
    `${target.on}: the dump of ${target.name} of before is gone from where it was kept`,
    {
      host: target.on,
      state: `Packages or migrations of this upgrade have changed ${target.name} already, so another dump would not be one of before.`,
      next: `Find the dump with the SHA-256 ${record.sha256}, and put it back to ${record.hostCopy ?? record.stored?.path ?? record.stored?.url ?? 'where it was'}.`,
    },
  );
}
