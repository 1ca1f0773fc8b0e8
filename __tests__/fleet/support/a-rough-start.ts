import { beforeAll, describe, it } from '@jest/globals';
import { session } from '../../../fleet/database-faults.ts';
import { holdPackage } from '../../../fleet/faults.ts';
import { databaseOf } from '../../../fleet/layouts.ts';
import { expectAbandoned, OVER } from './abandoned.ts';
import { expectRefused } from './refusals.ts';
import { RUN_LIMIT, type Scene } from './scene.ts';
import { expectTold } from './told-failure.ts';

/** Runs that come to nothing, on a fleet that is fresh again and whose hosts share everything. */
export function aRoughStart(scene: () => Scene): void {
  describe('before the first package is touched', () => {
    beforeAll(async () => {
      await scene().fleet.reset();
    }, RUN_LIMIT);

    it(
      'a package on hold refuses the upgrade, under both kinds of init',
      async () => {
        const { fleet } = scene();
        await expectRefused(scene(), {
          make: async () => {
            const undo = [
              await holdPackage(fleet, 'node1', 'snf-network'),
              await holdPackage(fleet, 'node2', 'snf-network'),
            ];
            return async () => {
              for (const each of undo) {
                await each();
              }
            };
          },
          host: 'node1, node2',
          what: /node1: snf-network is on hold and would be changed[\s\S]*node2: snf-network is on hold and would be changed/,
          next: /Mend what is named/,
        });
      },
      RUN_LIMIT,
    );

    it(
      'somebody who is still connected ends it, and all runs again that ran before',
      async () => {
        const { fleet, operator } = scene();
        await expectAbandoned(fleet, async () => {
          const leave = await session(fleet, databaseOf(fleet.plan, 'pithos').name);
          expectTold(await operator.upgrade(), {
            outcome: 'abandoned',
            host: 'node1',
            what: /node1: somebody is still connected to snf_pithos/,
            command: /pg_stat_activity/,
            output: /pid \d+: user postgres, someone, from .*, idle in transaction/,
            state: OVER,
            next: /End these sessions/,
          });
          await leave();
        });
      },
      RUN_LIMIT,
    );
  });
}
