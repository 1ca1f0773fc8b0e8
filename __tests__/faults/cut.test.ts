import { describe, expect, it } from '@jest/globals';
import { cutConnections, delay, dropPackets } from '../../fleet/faults.ts';
import type { Fleet } from '../../fleet/index.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { errorsIn, expectOutcome, lastGroup, lossOf } from '../fleet/support/run-log.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

const DUMPS = 'backup-db: dump the databases (before)';
const INSTALL = 'install-packages: install the packages';
const MIGRATE = 'migrate: migrate the databases';

/** Lets no packet of a host through until the run has found out. */
async function silence(fleet: Fleet, host: string, run: LiveRun, group: string): Promise<void> {
  const undo = await dropPackets(fleet, host);
  try {
    await run.reached({ group, words: lossOf(host) });
  } finally {
    await undo();
  }
}

describe('a connection that is lost', () => {
  const stage = faultStage('spread');

  it(
    'in dumps, in apt and in migrations does not end the run, and nothing runs twice',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      await delay(fleet, 'cyclades', 'postinst', 3);
      await delay(fleet, 'node1', 'postinst', 3);
      await delay(fleet, 'cyclades', 'migrate', 3);
      await delay(fleet, 'astakos', 'migrate', 1);
      const run = new LiveRun(operator);

      await run.reached({ group: DUMPS, words: 'before' });
      await silence(fleet, 'db1', run, DUMPS);

      await run.reached({ group: INSTALL, words: 'cyclades │ Unpacking snf-common' });
      await cutConnections(fleet, 'cyclades');
      await run.reached({ group: INSTALL, words: 'node1 │ Unpacking snf-common' });
      await cutConnections(fleet, 'node1');

      await run.reached({ group: MIGRATE, words: '> db:0003' });
      await cutConnections(fleet, 'cyclades');
      await run.reached({ group: MIGRATE, words: '> im:0004' });
      await silence(fleet, 'astakos', run, MIGRATE);

      const { code, log, ...ended } = await run.ended;
      expectOutcome({ code, log, ...ended }, 'finished');
      expect(code).toBe(0);
      for (const [group, host] of [
        [DUMPS, 'db1'],
        [INSTALL, 'cyclades'],
        [INSTALL, 'node1'],
        [MIGRATE, 'cyclades'],
        [MIGRATE, 'astakos'],
      ] as const) {
        expect(lastGroup(log, group)).toMatch(lossOf(host));
      }
      expect(errorsIn(log)).toEqual([]);
      await expectUpgraded(fleet, before);
    },
    FAULT_LIMIT,
  );
});
