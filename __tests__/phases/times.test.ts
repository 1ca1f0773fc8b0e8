import { describe, expect, it } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import { outageSeconds, stepReports } from '../../src/phases/times.ts';
import { ended, type PaperStep, paperJournal } from '../support/paper-journal.ts';

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

describe('outageSeconds', () => {
  it('lasts from the first stop to the last good answer, whatever the clocks say', () => {
    const journal = paperJournal(
      step('one', STOP, 1000, 2000),
      step('two', STOP, 5500, 7000),
      step('one', START, 8000, 8500),
      step('one', HEALTH, 9000, 10_500),
      step('two', HEALTH, 13_000, 14_000),
    );
    expect(outageSeconds(journal, facts)).toBe(10);
  });

  it('ends with the last start where nobody is asked', () => {
    const journal = paperJournal(step('one', STOP, 1000, 2000), step('one', START, 3000, 4000));
    expect(outageSeconds(journal, facts)).toBe(3);
  });

  it('is not known while a stop or an end is missing, or only a failed one is there', () => {
    expect(outageSeconds(paperJournal(step('one', STOP, 1000, 2000)), facts)).toBeNull();
    expect(outageSeconds(paperJournal(step('one', START, 1000, 2000)), facts)).toBeNull();
    const failed = paperJournal(step('one', STOP, 1000, 2000), step('one', START, 3000, 4000, 1));
    expect(outageSeconds(failed, facts)).toBeNull();
  });
});
