import { describe, expect, it } from '@jest/globals';
import { delayDumps } from '../../fleet/database-faults.ts';
import { delay } from '../../fleet/faults.ts';
import type { UpgradeRequest, UpgradeRun } from '../../fleet/operator.ts';
import { until } from '../../fleet/process.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { allSteps } from '../fleet/support/host-journal.ts';
import { expectKept } from '../fleet/support/kept-locks.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { errorsIn, expectOutcome, type Place } from '../fleet/support/run-log.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';
import { agentsAt } from '../support/agents.ts';

/** Milliseconds in which a cancelled process has to be gone: the runner sends its next signal 7.5 s after the first. */
const GONE = 5_000;

/** A step that a host is at. */
interface Running {
  readonly host: string;
  readonly id: string;
}

describe('a run that is cancelled', () => {
  const stage = faultStage('spread');
  let before: Awaited<ReturnType<typeof lookBefore>>;

  /** The run whose attempts are cancelled one after the other, in a home of its own. */
  function attempt(): UpgradeRequest {
    return { runId: '815', env: { HOME: stage.operator.folder } };
  }

  /**
   * Cancels at a place, as the runner does, and looks at what holds of every cancelled run. Returns all steps that
   * had begun by then, with their exit codes.
   */
  async function cancel(place: Place, running: Running | null): Promise<string> {
    const { fleet, operator } = stage;
    const live = new LiveRun(operator, attempt());
    await live.reached(place);
    if (running !== null) {
      await until(`${running.id} runs`, 60, async () =>
        (await allSteps(fleet)).includes(`${running.host} ${running.id} open`),
      );
    }
    const at = Date.now();
    live.kill('SIGINT');
    const run = await live.ended;
    const { steps, locked } = await expectKept(fleet, run.post?.log ?? '');

    expectOutcome(run, 'cancelled');
    expect([run.code, run.signal]).toEqual([1, null]);
    expect(run.endedAt - at).toBeLessThan(GONE);
    expect(agentsAt(operator.folder)).toEqual([]);
    expect(errorsIn(run.log)).toEqual([
      expect.stringMatching(/^::error title=the run was cancelled \(SIGINT\)::/),
    ]);
    expect(run.summary).toMatch(/\*\*The run was cancelled[.;]/);
    expect(run.summary).toContain('Run the same again: it goes on where this run stopped.');
    // The journal knows what ended, what is open, and of no failure but that of a dump that went with its connection.
    expect(steps.filter((step) => !/ (0|open)$| backup-db\./.test(step))).toEqual([]);
    expectLock(run, locked, running);
    if (running !== null) {
      expect(steps).toContain(`${running.host} ${running.id} open`);
    }
    return steps.join('\n');
  }

  /** A step that still runs keeps the lock of its host and of the first one, and people are told. */
  function expectLock(run: UpgradeRun, locked: readonly string[], running: Running | null): void {
    const post = run.post?.log ?? '';
    if (running === null) {
      expect(post).not.toContain('::warning::');
      expect(locked).toEqual([]);
      return;
    }
    const { host, id } = running;
    expect(post).toMatch(new RegExp(`^::warning::${host}: .*/${id}/ still runs`, 'm'));
    expect(run.summary).toMatch(new RegExp(`### The lock stays\n[\\s\\S]*${id}/`));
    expect(locked).toEqual(expect.arrayContaining(['astakos', host]));
  }

  it(
    'in stop-services stops nothing more and starts nothing',
    async () => {
      before = await lookBefore(stage.fleet);
      const undo = await delay(stage.fleet, 'cyclades', 'gunicorn-stop', 12);
      const place = { group: 'stop-services: stop the services', words: 'cyclades: stop gunicorn' };
      const steps = await cancel(place, { host: 'cyclades', id: 'stop-services.stop.gunicorn' });
      await undo();
      expect(steps).not.toMatch(/stop\.snf-dispatcher|backup-db|start-services/);
    },
    FAULT_LIMIT,
  );

  it(
    'in backup-db touches no package',
    async () => {
      const undo = await delayDumps(stage.fleet, 'db1', 12);
      const place = {
        group: 'backup-db: dump the databases (before)',
        words: 'db1: dump the roles and grants of the server on port 5432: proved',
      };
      const steps = await cancel(place, { host: 'db1', id: 'backup-db.astakos.before' });
      await undo();
      expect(steps).not.toMatch(/run-steps|install-packages|start-services/);
    },
    FAULT_LIMIT,
  );

  it(
    'in install-packages lets apt come to its end, and goes no further',
    async () => {
      const undo = await delay(stage.fleet, 'cyclades', 'postinst', 12);
      const place = {
        group: 'install-packages: install the packages',
        words: 'cyclades │ Setting up snf-webproject',
      };
      const steps = await cancel(place, { host: 'cyclades', id: 'install-packages.apt' });
      await undo();
      expect(steps).not.toMatch(/install-packages\.stop|migrate|start-services/);
    },
    FAULT_LIMIT,
  );

  it(
    'in migrate lets the migration come to its end, and goes no further',
    async () => {
      const undo = await delay(stage.fleet, 'astakos', 'migrate', 6);
      const place = { group: 'migrate: migrate the databases', words: '> im:0004' };
      const steps = await cancel(place, { host: 'astakos', id: 'migrate.astakos.1' });
      await undo();
      expect(steps).not.toMatch(/after-migrate|start-services/);
    },
    FAULT_LIMIT,
  );

  it(
    'where no step of it runs gives the lock back, so that any run completes the upgrade',
    async () => {
      await cancel({ group: 'verify:', words: 'verify' }, null);
      const last = await stage.operator.upgrade({ runId: '816' });
      expectOutcome(last, 'finished');
      expect(last.code).toBe(0);
      await expectUpgraded(stage.fleet, before);
    },
    FAULT_LIMIT,
  );
});
