import { expect } from '@jest/globals';
import type { Fleet, LayoutName } from '../../../fleet/index.ts';
import type { JobStep } from '../../../fleet/job.ts';
import { Operator } from '../../../fleet/operator.ts';
import type { Report } from '../../../src/domain/report.ts';
import { freshFleet } from './fresh-fleet.ts';
import { allSteps, hostsThat } from './host-journal.ts';
import { outageInJournals, watchPages } from './outage.ts';
import { type Picture, takePicture } from './picture.ts';
import { wordsOf } from './same-words.ts';
import { artifactOf, decrypted, rowsInDump } from './scratch.ts';
import { expectStillAsleep, putToSleep, sleeping, sleepingIn } from './sleeping-services.ts';
import { expectUpgraded, lookBefore } from './upgraded.ts';

/** What one way of upgrading told and left behind. */
export interface Left {
  readonly report: Report;
  readonly words: Readonly<Record<string, string>>;
  readonly steps: readonly string[];
  readonly versions: unknown;
  readonly rows: unknown;
  /** What each of its dumps holds. */
  readonly dumped: unknown;
  /** Seconds: as the output has it, by the hosts' journals, and as somebody in front of the pages saw it. */
  readonly outage: { readonly told: number; readonly journaled: number; readonly seen: number };
}

/** How a way of upgrading ended. */
export type Way = (operator: Operator) => Promise<Pick<JobStep, 'report' | 'outputs' | 'summary'>>;

/** Upgrades a fresh fleet in one way, proves from outside that it is upgraded, and says what it left. */
export async function upgraded(layout: LayoutName, way: Way): Promise<Left> {
  const fleet = await freshFleet(layout);
  await using operator = await Operator.hire(fleet);
  const links = await putToSleep(fleet);
  const before = await lookBefore(fleet);
  const watch = watchPages(fleet);
  const { report, outputs, summary } = await way(operator);
  const seen = await watch.end();
  if (report === null) {
    throw new Error('there is no report');
  }
  await expectUpgraded(fleet, before, {}, sleeping(layout));
  await expectStillAsleep(fleet, links);
  expect(sleepingIn(report)).toEqual(sleeping(layout));
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
  const { versions, rows } = await takePicture(fleet);
  return {
    report,
    words: wordsOf(summary),
    steps: await allSteps(fleet),
    versions,
    rows: withoutTimes(rows),
    dumped: await dumped(fleet, operator, report),
    outage: { told: Number(outputs['outage-seconds']), journaled: await outageInJournals(fleet), seen },
  };
}

/** The rows of each archive, restored into a database of its own. */
async function dumped(fleet: Fleet, operator: Operator, { dumps }: Report): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { name, host, point, generation, encrypted, hostCopy, stored } of dumps) {
    const rows = await rowsInDump(fleet, host, await decrypted(operator, artifactOf(operator, stored)));
    expect(Object.keys(rows).length).toBeGreaterThan(0);
    found.push({
      name,
      host,
      point,
      generation,
      encrypted,
      hostCopy: hostCopy !== null,
      rows: withoutTimes({ [name]: rows }),
    });
  }
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** The rows without the digests of the tables in which migrations write the time. */
function withoutTimes(rows: Picture['rows']): unknown {
  const timed = /^public\.django_migrations$/;
  return Object.entries(rows).map(([database, tables]) => [
    database,
    Object.entries(tables).map(([table, found]) => [table, timed.test(table) ? found.count : found]),
  ]);
}
