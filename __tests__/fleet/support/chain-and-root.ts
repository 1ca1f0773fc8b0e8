import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LayoutName } from '../../../fleet/index.ts';
import { Operator } from '../../../fleet/operator.ts';
import type { Report } from '../../../src/domain/report.ts';
import { CHAIN, nameOf, runChain } from './a-chain.ts';
import { freshFleet, takeDown } from './fresh-fleet.ts';
import { allSteps, hostsThat } from './host-journal.ts';
import { type Picture, takePicture } from './picture.ts';
import { expectOutcome } from './run-log.ts';
import { RUN_LIMIT } from './scene.ts';
import { expectUpgraded, lookBefore } from './upgraded.ts';

/** What one way of upgrading left behind. */
interface Left {
  readonly report: Report;
  readonly steps: readonly string[];
  readonly versions: unknown;
  readonly rows: unknown;
}

/** The single actions, each a process of its own, over two jobs; then the root action on a fresh fleet. */
export function aChain(layout: LayoutName, cut: string): void {
  describe(`a chain of the single actions on the layout ${layout}`, () => {
    let chain: Left;
    let root: Left;

    beforeAll(async () => {
      chain = await upgraded(layout, async (operator) => {
        const steps = await runChain(operator, '77', cut);
        expect(steps.map(({ outputs }) => outputs.outcome)).toEqual(
          CHAIN.map(({ action }) => (action === 'verify' ? 'finished' : 'done')),
        );
        return steps.at(-1)?.report as Report;
      });
      root = await upgraded(layout, async (operator) => {
        const run = await operator.upgrade();
        expectOutcome(run, 'finished');
        return run.report as Report;
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

    it('tells the same facts in the end', () => {
      expect(facts(chain.report)).toEqual(facts(root.report));
      expect(chain.report.outageSeconds).toBeGreaterThan(0);
      expect(chain.report.probe).toBeNull();
      expect(chain.report.part).toBe(nameOf({ action: 'verify', inputs: {} }));
    });

    it('takes the same dumps, with as many rows', () => {
      const rows = ({ dumps }: Report) =>
        dumps.map(({ name, point, rows: count }) => ({ name, point, count }));
      expect(rows(chain.report)).toEqual(rows(root.report));
      expect(rows(chain.report).length).toBeGreaterThan(0);
    });
  });
}

/** Upgrades a fresh fleet in one way, proves from outside that it is upgraded, and says what it left. */
async function upgraded(layout: LayoutName, way: (operator: Operator) => Promise<Report>): Promise<Left> {
  const fleet = await freshFleet(layout);
  await using operator = await Operator.hire(fleet);
  const before = await lookBefore(fleet);
  const report = await way(operator);
  await expectUpgraded(fleet, before);
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
  const { versions, rows } = await takePicture(fleet);
  return { report, steps: await allSteps(fleet), versions, rows: withoutTimes(rows) };
}

/** The rows without the digests of the tables in which migrations write the time. */
function withoutTimes(rows: Picture['rows']): unknown {
  const timed = /^public\.django_migrations$/;
  return Object.entries(rows).map(([database, tables]) => [
    database,
    Object.entries(tables).map(([table, found]) => [table, timed.test(table) ? found.count : found]),
  ]);
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
