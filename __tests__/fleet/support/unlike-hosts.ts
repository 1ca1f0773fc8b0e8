import { expect, it } from '@jest/globals';
import { otherArchitecture, otherRelease } from '../../../fleet/faults.ts';
import type { Job } from '../../../fleet/job.ts';
import type { Link } from './a-chain.ts';
import { FAULT_LIMIT, type FaultStage } from './fault-stage.ts';
import { refused } from './single-action.ts';
import { expectUntouched } from './untouched.ts';

/** Those that look at all hosts before an upgrade has begun. */
const LOOKING: readonly Link[] = [
  { action: 'plan', inputs: {} },
  { action: 'prepare', inputs: {} },
  { action: 'stop-services', inputs: {} },
];

/** What actions say of a fleet of the layout compact whose hosts of one role are not alike. */
export function unlikeHosts(stage: FaultStage, job: (runId: string) => Promise<Job>): void {
  it.each([
    ['release', otherRelease, 'trixie', 'trixie amd64'],
    ['architecture', otherArchitecture, 'arm64', 'bookworm arm64'],
  ] as const)(
    'refuse hosts of one role when one is of another %s',
    async (_, make, value, kind) => {
      const { fleet } = stage;
      const on = await job('8');
      const undo = await make(fleet, 'node2', value);
      try {
        await expectUntouched(fleet, async () => {
          for (const link of LOOKING) {
            const { report } = await refused(fleet, on, link);
            expect(report?.failure).toMatchObject({
              host: 'node2',
              what: `this upgrade cannot be done: node2: it is ${kind}, and node1, which has the role ganeti too, is bookworm amd64`,
              state: expect.stringContaining('Nothing was changed'),
              next: expect.stringContaining('Mend what is named'),
            });
          }
        });
      } finally {
        await undo();
      }
    },
    FAULT_LIMIT,
  );
}
