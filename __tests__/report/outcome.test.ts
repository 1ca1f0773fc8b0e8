import { describe, expect, it } from '@jest/globals';
import { isTroubled, nextOf, outcomeSentence, stateOf, toldFailure } from '../../src/report/outcome.ts';
import { failureOf, plannedOf, reportOf, stepOf } from '../support/report.ts';

describe('outcomeSentence', () => {
  it('counts what a dry run would do', () => {
    const planned = [plannedOf(), plannedOf({ host: 'web2' })];
    expect(outcomeSentence(reportOf({ outcome: 'planned', upgrade: null, planned }))).toBe(
      'This is what the upgrade would do: 2 steps on 2 hosts, 0 packages to change. Nothing was changed.',
    );
    expect(outcomeSentence(reportOf({ outcome: 'planned', planned }))).toBe(
      'This is what remains of the unfinished upgrade: 2 steps on 2 hosts. Nothing was changed.',
    );
  });

  it('says that the outage goes on', () => {
    const outage = { began: 1, ended: null };
    expect(outcomeSentence(reportOf({ outcome: 'unfinished', outage }))).toBe(
      'The upgrade failed on its way and is unfinished; the outage is not over.',
    );
    expect(outcomeSentence(reportOf({ outcome: 'cancelled', outage }))).toContain(
      'cancelled; the outage is not over.',
    );
    expect(outcomeSentence(reportOf({ outcome: 'cancelled' }))).toBe('The run was cancelled.');
  });

  it('does not make up an outage', () => {
    expect(outcomeSentence(reportOf())).toContain('the outage is not known');
  });
});

describe('stateOf and nextOf', () => {
  it('put the words of the failure first', () => {
    const report = reportOf({ outcome: 'unfinished', failure: failureOf({ state: 'Half.', next: 'Look.' }) });
    expect(stateOf(report)[0]).toBe('Half.');
    expect(stateOf(report)[1]).toMatch(/^The upgrade u1 is unfinished/);
    expect(nextOf(report)).toBe('Look.');
  });

  it.each(['refused', 'abandoned', 'unfinished', 'cancelled'] as const)('have words for %s', (outcome) => {
    const report = reportOf({ outcome, failure: failureOf() });
    expect(stateOf(report)).toHaveLength(1);
    expect(nextOf(report)).toContain('the same again');
    expect(isTroubled(report)).toBe(true);
  });

  it.each(['planned', 'unchanged', 'finished'] as const)('have none for %s', (outcome) => {
    expect([...stateOf(reportOf({ outcome })), nextOf(reportOf({ outcome }))].join('')).toBe('');
    expect(isTroubled(reportOf({ outcome }))).toBe(false);
  });

  it('do not say that services are down which were being started', () => {
    const failure = failureOf();
    const stopped = reportOf({ outcome: 'unfinished', failure, steps: [] });
    const started = reportOf({
      outcome: 'unfinished',
      failure,
      steps: [stepOf({ phase: 'start-services', id: 'start-services.start.web' })],
    });
    expect(stateOf(stopped)[0]).toContain('What was stopped stays stopped');
    expect(stateOf(started)[0]).toContain('as far as starting the services');
    expect(toldFailure(started)).toMatchObject({ state: stateOf(started)[0], next: nextOf(started) });
  });

  it('tell a refused run nothing twice', () => {
    const failure = failureOf({ state: 'This run changed nothing.' });
    expect(stateOf(reportOf({ outcome: 'refused', failure }))).toEqual(['This run changed nothing.']);
  });
});
