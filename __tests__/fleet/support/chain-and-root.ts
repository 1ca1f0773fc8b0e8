import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LayoutName } from '../../../fleet/index.ts';
import type { Job, JobStep } from '../../../fleet/job.ts';
import type { Report } from '../../../src/domain/report.ts';
import { CHAIN, nameOf, runChain } from './a-chain.ts';
import { takeDown } from './fresh-fleet.ts';
import { type Left, upgraded } from './one-way.ts';
import { expectOutcome } from './run-log.ts';
import { RUN_LIMIT } from './scene.ts';
import { sleepersIn, sleeping } from './sleeping-services.ts';

/**
 * The single actions, each a process of its own, over two jobs; then the root action on a fresh fleet. Some services
 * are down before, and have to be down after it.
 * @param meanwhile something else that the chain does before the services are stopped
 */
export function aChain(layout: LayoutName, cut: string, meanwhile?: (job: Job) => Promise<void>): void {
  describe(`a chain of the single actions on the layout ${layout}`, () => {
    let chain: Left;
    let root: Left;

    beforeAll(async () => {
      chain = await upgraded(layout, async (operator) => {
        const steps = await runChain(operator, '77', cut, meanwhile);
        expect(steps.map(({ outputs }) => outputs.outcome)).toEqual(
          CHAIN.map(({ action }) => (action === 'verify' ? 'finished' : 'done')),
        );
        expect(told(steps)).toEqual(
          CHAIN.map(({ action }) => action === 'start-services' || action === 'verify'),
        );
        return steps.at(-1) as JobStep;
      });
      root = await upgraded(layout, async (operator) => {
        const planned = await operator.upgrade({ inputs: { 'dry-run': 'true' } });
        expectOutcome(planned, 'planned');
        expect(sleepersIn(planned.summary)).toEqual(sleeping(layout));
        const run = await operator.upgrade();
        expectOutcome(run, 'finished');
        return run;
      });
    }, 2 * RUN_LIMIT);

    afterAll(async () => {
      await takeDown(layout);
    }, RUN_LIMIT);

    it('leaves the same journal as the root action', () => {
      expect(chain.steps).toEqual(root.steps);
      expect(chain.steps.length).toBeGreaterThan(20);
    });

    it('leaves the same versions and rows', () => {
      expect(chain.versions).toEqual(root.versions);
      expect(chain.rows).toEqual(root.rows);
    });

    it('tells the same in the end, in the report and in the summary', () => {
      expect(facts(chain.report)).toEqual(facts(root.report));
      expect(chain.report.outageSeconds).toBeGreaterThan(0);
      expect(chain.report.probe).toBeNull();
      expect(chain.words).toEqual(root.words);
      expect(chain.report.part).toBe(nameOf({ action: 'verify', inputs: {} }));
    });

    it('takes the same dumps, with the same rows in them', () => {
      expect(chain.dumped).toEqual(root.dumped);
    });

    it('tells the outage that the hosts know of, and the pages were not away for longer', () => {
      for (const { told: seconds, journaled, seen } of [chain.outage, root.outage]) {
        // Told by the runner's clock, which is held against a host's clock over a connection.
        expect(Math.abs(seconds - journaled)).toBeLessThan(0.5);
        expect(seen).toBeGreaterThan(0);
        expect(seen).toBeLessThan(seconds + 1);
      }
    });
  });
}

/** Which steps know the length of the outage. */
function told(steps: readonly JobStep[]): boolean[] {
  return steps.map(({ outputs }) => outputs['outage-seconds'] !== '');
}

/** What a report says of the hosts, without times, ids and what differs from run to run. */
function facts({ versions, services, schemas, settings, globals, failure }: Report): unknown {
  return {
    versions,
    services,
    schemas,
    settings: settings.map(({ diff: _, ...rest }) => rest),
    globals: globals.map(({ host, port }) => ({ host, port })),
    failure,
  };
}
