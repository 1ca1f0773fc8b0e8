import { describe, expect, it } from '@jest/globals';
import type { ProbedCheck } from '../../src/domain/report.ts';
import { chart } from '../../src/report/chart.ts';
import { renderConsole } from '../../src/report/console.ts';
import { outageWords, probed } from '../../src/report/outage.ts';
import { readChart } from '../support/mermaid.ts';
import { reportOf, stepOf } from '../support/report.ts';
import { structureOf } from '../support/summary-structure.ts';

const START = Date.UTC(2026, 10, 23, 18, 0, 0);

function checkOf(overrides: Partial<ProbedCheck> = {}): ProbedCheck {
  return {
    host: 'web1',
    role: 'app',
    http: 'http://localhost/',
    before: 'good',
    bad: START + 1000,
    goodAgain: START + 9000,
    gaps: [],
    ...overrides,
  };
}

describe('outageWords', () => {
  it('say both, by the journal and as it was seen', () => {
    expect(outageWords(reportOf({ outageSeconds: 12.34 }))).toBe('was 12.3 s');
    const probe = { seconds: 11.1, checks: [checkOf()] };
    expect(outageWords(reportOf({ outageSeconds: 12.34, probe }))).toBe(
      'was 12.3 s (11.1 s as the services were seen)',
    );
    expect(outageWords(reportOf({ outageSeconds: 12.34, probe: { ...probe, seconds: null } }))).toBe(
      'was 12.3 s',
    );
  });

  it('do not make one up', () => {
    expect(outageWords(reportOf())).toBe('is not known');
    expect(outageWords(reportOf({ outage: { began: START, ended: null } }))).toBe('is not over');
    const lines = renderConsole(reportOf({ outcome: 'unfinished', outage: { began: START, ended: null } }));
    expect(lines).toContain('The outage is not over');
    expect(renderConsole(reportOf({ outcome: 'unchanged' })).join('\n')).not.toContain('outage');
  });
});

describe('probed', () => {
  it('is folded where all services are back', () => {
    const { text } = probed(
      reportOf({ probe: { seconds: 8, checks: [checkOf(), checkOf({ bad: null, goodAgain: null })] } }),
    );
    expect(text).toMatch(/^<details>/);
    expect(text).toContain(
      '| app on web1: <code>http&#58;//localhost/</code> | good | <code>2026-11-23T18&#58;00&#58;01Z</code> | <code>2026-11-23T18&#58;00&#58;09Z</code> | 8.0 s |  |',
    );
    expect(text).toContain('| good | none |  |  |  |');
  });

  it.each([
    ['is not back', { goodAgain: null }, '| **no** |', 'Not good at the end: app on web1.'],
    [
      'was bad before',
      { before: 'bad' as const, bad: null },
      '| bad | none |',
      'Not good before: app on web1.',
    ],
  ])('stands open and names who %s', (_what, overrides, cell, words) => {
    const { text } = probed(reportOf({ probe: { seconds: null, checks: [checkOf(overrides)] } }));
    expect(text).not.toContain('<details>');
    expect(text).toContain(`Asked every half second. ${words}\n`);
    expect(text).toContain(cell);
  });

  it('says when nobody could ask', () => {
    const gaps = [{ from: START, to: START + 20_000 }];
    expect(probed(reportOf({ probe: { seconds: 8, checks: [checkOf({ gaps })] } })).text).toContain(
      '| <code>2026-11-23T18&#58;00&#58;00Z</code> to <code>2026-11-23T18&#58;00&#58;20Z</code> |',
    );
  });

  it('is nothing where nobody asked', () => {
    expect(probed(reportOf()).text).toBe('');
  });
});

describe('the chart', () => {
  it('has what was seen of each service below the outage', async () => {
    const steps = [stepOf({ started: START, ended: START + 20_000 })];
    const checks = [
      checkOf(),
      checkOf({ host: 'web2', goodAgain: null }),
      checkOf({ bad: null, goodAgain: null }),
    ];
    const report = reportOf({
      steps,
      outage: { began: START, ended: START + 10_000 },
      probe: { seconds: null, checks },
    });
    const { tasks } = await readChart(structureOf(chart(report).text).charts.join(''));
    expect(tasks.slice(0, 3).map(({ label, crit }) => [label, crit])).toEqual([
      ['first stop to last good answer, 10.0 s', true],
      ['seen app on web1 away for 8.0 s', false],
      ['seen app on web2 not back after 19.0 s', true],
    ]);
  });
});
