import { describe, expect, it } from '@jest/globals';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { allSteps, hostsThat } from '../fleet/support/host-journal.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { expectOutcome, type Place } from '../fleet/support/run-log.ts';
import { expectTold } from '../fleet/support/told-failure.ts';
import { expectUntouched } from '../fleet/support/untouched.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

/** The first run, whose machine dies again and again, and another one. */
const FIRST = '1001';
const OTHER = '2002';

describe('a lock held by another run', () => {
  const stage = faultStage('spread');

  it(
    'keeps every other run out, which names it; lets its own attempts in, and whoever names the lock',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      const began = Date.now();
      await killed(FIRST, { group: 'run-steps: make-group', words: 'make-group' });
      const id = (await printed(fleet, 'astakos', 'cat /var/lib/synnefo-upgrade/lock/id')).trim();
      expect(await hostsThat(fleet, 'locked')).toEqual(fleet.hosts.map(({ name }) => name));

      await refused(id, began, '');
      await refused(id, began, '0123456789ab');
      await showsWhatRemains();

      await killed(FIRST, { group: 'install-packages: stop what', words: 'stop' });
      await refused(id, began, '');

      const forced = await operator.upgrade({ runId: OTHER, inputs: { 'force-unlock': id } });
      expectOutcome(forced, 'finished');
      expect(forced.code).toBe(0);
      expect(forced.log).toContain(`taking over the lock of run ${FIRST} of example/cloud`);
      await expectUpgraded(fleet, before);
    },
    FAULT_LIMIT,
  );

  /** The machine of a run dies: nobody runs its `post`. */
  async function killed(runId: string, place: Place): Promise<void> {
    const live = new LiveRun(stage.operator, { runId, post: false });
    await live.reached(place);
    live.kill('SIGKILL');
    expect((await live.ended).signal).toBe('SIGKILL');
  }

  async function refused(id: string, began: number, force: string): Promise<void> {
    const { fleet, operator } = stage;
    const epochs = 'cat /var/lib/synnefo-upgrade/epoch /var/lib/synnefo-upgrade/lock/owner';
    const held = await printed(fleet, 'astakos', epochs);
    const steps = await allSteps(fleet);
    const run = await operator.upgrade({ runId: OTHER, inputs: { 'force-unlock': force } });
    expectTold(run, {
      outcome: 'refused',
      host: 'astakos',
      what: new RegExp(
        `the lock is held by run ${FIRST} of example/cloud \\(https://github.com/example/cloud/actions/runs/${FIRST}\\), started by operator at .*, lock ${id}`,
      ),
      command: /take the lock/,
      state: /Nothing was changed by this run/,
      next: new RegExp(`Wait until that run is over.*force-unlock: ${id}`),
    });
    const since = /started by operator at (\S+Z)/.exec(run.report?.failure?.what ?? '')?.[1] ?? '';
    expect(Date.parse(since)).toBeGreaterThanOrEqual(began - 1);
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.now());
    expect(await allSteps(fleet)).toEqual(steps);
    expect(await printed(fleet, 'astakos', epochs)).toBe(held);
  }

  /** A dry run needs no lock, changes nothing, and knows what is done. */
  async function showsWhatRemains(): Promise<void> {
    const { fleet, operator } = stage;
    const upgrade = (await printed(fleet, 'astakos', 'cat /var/lib/synnefo-upgrade/current')).trim();
    const run = await expectUntouched(fleet, () =>
      operator.upgrade({ runId: OTHER, inputs: { 'dry-run': 'true' } }),
    );
    expectOutcome(run, 'planned');
    expect([run.code, run.report?.upgrade]).toEqual([0, upgrade]);
    expect(run.summary).toContain('This is what remains of the unfinished upgrade');
    const planned = run.report?.planned ?? [];
    const titles = planned.map(({ host, title }) => `${host}: ${title}`);
    const done = ['astakos: apt-get update', 'node1: keep a copy of /etc'];
    expect(titles.filter((title) => done.includes(title))).toEqual([]);
    expect(planned.filter(({ phase }) => phase === 'stop-services')).toEqual([]);
    for (const left of ['astakos: apt-get install', 'pithos: pithos-migrate upgrade head']) {
      expect(titles).toContain(left);
    }
    expect(titles.filter((title) => /\(before\)|dump the roles/.test(title))).toEqual([]);
    expect(titles.filter((title) => /\(after-migrate\)/.test(title))).toHaveLength(3);
  }
});
