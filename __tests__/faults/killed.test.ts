import { describe, expect, it } from '@jest/globals';
import { delay } from '../../fleet/faults.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { hostsThat, JOURNAL, recordedDumps } from '../fleet/support/host-journal.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { expectOutcome, type Place, titleAtEnd } from '../fleet/support/run-log.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

/** A place in every phase, where something of it is done or runs, and something is not. */
const PLACES: readonly Place[] = [
  { group: 'prepare: fetch the packages', words: 'apt-get update: done' },
  { group: 'stop-services: stop the services', words: 'stop gunicorn' },
  { group: 'backup-db: dump the databases (before)', words: 'proved' },
  { group: 'run-steps: make-group', words: 'make-group' },
  { group: 'install-packages: install the packages', words: 'Unpacking snf-common' },
  { group: 'install-packages: stop what the packages started', words: 'stop' },
  { group: 'migrate: migrate the databases', words: '> im:0004' },
  { group: 'backup-db: dump the databases (after-migrate)', words: 'dump' },
  { group: 'start-services: start gunicorn', words: 'start gunicorn' },
  { group: 'verify:', words: 'verify' },
];

/** Where processes outside Actions are killed; how they are taken up differs by the lock alone. */
const FEW: readonly Place[] = PLACES.filter(({ group }) => /^(run-steps|install|migrate|start)/.test(group));

/** What makes a runner something else than GitHub's. */
const OUTSIDE_ACTIONS = { GITHUB_ACTIONS: '', ACTIONS_RESULTS_URL: '', ACTIONS_RUNTIME_TOKEN: '' };

describe.each(['spread', 'compact'] as const)('the process killed by SIGKILL in its phases, %s', (layout) => {
  const stage = faultStage(layout);

  it(
    'is taken up by the next one, which does the rest and nothing twice',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      const migrating = fleet.hosts.find(({ roles }) => roles.includes('astakos'))?.name ?? '';
      await delay(fleet, migrating, 'migrate', 1);
      await delay(fleet, migrating, 'postinst', 2);
      // On one layout as attempts of one run, on the other as processes, each dead for all to see.
      const request =
        layout === 'spread'
          ? { runId: '4711' }
          : { env: OUTSIDE_ACTIONS, inputs: { 'dumps-directory': `${operator.folder}/dumps` } };
      let dumps: unknown;
      for (const place of layout === 'spread' ? PLACES : FEW) {
        const run = new LiveRun(operator, { ...request, post: false });
        await run.reached(place);
        run.kill('SIGKILL');
        const { signal, log } = await run.ended;
        expect([signal, titleAtEnd(log)]).toEqual(['SIGKILL', expect.stringContaining(place.group)]);
        if (place.group.startsWith('run-steps')) {
          dumps = await recordedDumps(fleet, 'before');
        }
      }
      // As if the last one had died while it told the hosts of the end: the first of them is told last.
      for (const { name } of fleet.hosts.slice(1)) {
        await printed(fleet, name, `rm ${JOURNAL}/current`);
      }
      for (const { name } of fleet.hosts) {
        await printed(fleet, name, `cp -a ${JOURNAL}/lock /root/lock`);
      }
      const last = await operator.upgrade(request);
      expectOutcome(last, 'finished');
      expect(last.code).toBe(0);
      await expectUpgraded(fleet, before);
      expect(await recordedDumps(fleet, 'before')).toEqual(dumps);

      // As if it had died after that, with its lock still held.
      for (const { name } of fleet.hosts) {
        await printed(fleet, name, `mv /root/lock ${JOURNAL}/lock`);
      }
      const again = await operator.upgrade(request);
      expectOutcome(again, 'unchanged');
      expect(again.code).toBe(0);
      // A process of its own does not hold it: the next one that needs the lock sees that its owner is dead.
      expect(await hostsThat(fleet, 'locked')).toHaveLength(layout === 'spread' ? 0 : fleet.hosts.length);
    },
    FAULT_LIMIT,
  );
});
