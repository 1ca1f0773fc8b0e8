import { describe, expect, it } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import type { Outcome } from '../../src/domain/report.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { stepReports, timesOf } from '../../src/phases/times.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { ended, type PaperStep, paperJournal } from '../support/paper-journal.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

const STOP = 'stop-services.stop.web';
const START = 'start-services.start.web';
const HEALTH = 'start-services.health.front.0';

/** The clock of `two` is five seconds fast. */
const facts = new Map([
  ['one', { clockOffset: 0 } as HostFacts],
  ['two', { clockOffset: 5000 } as HostFacts],
]);

function step(host: string, id: string, from: number, to: number, rc = 0): PaperStep {
  return { host, id, state: ended({ started: from, ended: to, rc }) };
}

describe('stepReports', () => {
  it("orders steps by the runner's clock, and knows their phases", () => {
    const journal = paperJournal(
      step('two', STOP, 6000, 7000),
      step('one', 'prepare.update', 0, 500),
      step('one', 'migrate.front.0', 2000, 3000, 1),
      { host: 'one', id: 'migrate.front.1', state: { kind: 'running' } },
    );
    expect(stepReports(journal, facts)).toEqual([
      { host: 'one', id: 'prepare.update', phase: 'prepare', started: 0, ended: 500, rc: 0 },
      { host: 'two', id: STOP, phase: 'stop-services', started: 1000, ended: 2000, rc: 0 },
      { host: 'one', id: 'migrate.front.0', phase: 'migrate', started: 2000, ended: 3000, rc: 1 },
    ]);
  });
});

/** Two hosts whose role `front` has a service `web`, with one health check or none. */
function resolvedWith(checks: number): ResolvedPlan {
  const check = { http: 'http://localhost/', header: {}, status: 200, before: 'same' as const, within: 1 };
  const front = aRole({ services: ['web'], health: Array.from({ length: checks }, () => check) });
  return aResolved({
    plan: aPlan({ roles: { front } }),
    inventory: anInventory({
      hosts: { one: aHost({ roles: ['front'] }), two: aHost({ roles: ['front'] }) },
      databases: {},
    }),
    hosts: { one: aResolvedHost({ running: ['web'] }), two: aResolvedHost({ running: ['web'] }) },
  });
}

describe('the outage', () => {
  const of = (steps: readonly PaperStep[], checks: number, outcome: Outcome = 'unfinished') =>
    timesOf(paperJournal(...steps), facts, resolvedWith(checks), outcome);
  const stops = [step('one', STOP, 1000, 2000), step('two', STOP, 5500, 7000)];
  const starts = [step('one', START, 8000, 8500), step('two', START, 12_000, 12_500)];

  it('lasts from the first stop to the last good answer, whatever the clocks say', () => {
    const answers = [step('one', HEALTH, 9000, 10_500), step('two', HEALTH, 13_000, 14_000)];
    const { outage, outageSeconds } = of([...stops, ...starts, ...answers], 1);
    expect(outage).toEqual({ began: 500, ended: 10_500 });
    expect(outageSeconds).toBe(10);
  });

  it('is not over while one of the answers is missing, or is a bad one', () => {
    const one = step('one', HEALTH, 9000, 10_500);
    const bad = step('two', HEALTH, 13_000, 14_000, 1);
    for (const answers of [[], [one], [one, bad]]) {
      const { outage, outageSeconds } = of([...stops, ...starts, ...answers], 1);
      expect(outage).toEqual({ began: 500, ended: null });
      expect(outageSeconds).toBeNull();
    }
  });

  it('ends with the last start where nobody is asked, and where the upgrade was abandoned', () => {
    expect(of([...stops, ...starts], 0).outageSeconds).toBe(8);
    expect(of([...stops, ...starts], 1, 'abandoned').outageSeconds).toBe(8);
  });

  it('waits for nobody on a host whose services were not stopped', () => {
    expect(of([step('one', STOP, 1000, 2000), step('one', HEALTH, 3000, 4000)], 1).outageSeconds).toBe(3);
  });

  it('is none while nothing was stopped', () => {
    expect(of(starts, 0).outage).toBeNull();
    expect(of([step('one', STOP, 1000, 2000, 1)], 0).outage).toBeNull();
    expect(timesOf(null, facts, null, 'refused')).toEqual({ steps: [], outage: null, outageSeconds: null });
  });
});
