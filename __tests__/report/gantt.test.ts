import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bar, gantt } from '../../src/report/gantt.ts';
import { hostileText } from '../support/hostile-text.ts';
import { readChart } from '../support/mermaid.ts';
import { structureOf } from '../support/summary-structure.ts';

const START = Date.UTC(2026, 10, 23, 18, 0, 0);

function barOf(overrides: Partial<Bar> = {}): Bar {
  return { label: 'prepare', from: START, to: START + 5000, kind: 'usual', ...overrides };
}

/** The chart in its fence, as mermaid gets it. */
function chartOf(groups: Parameters<typeof gantt>[0]): string {
  return structureOf(gantt(groups).text).charts.join('\n');
}

/** What begins a line of mermaid's own language. */
const KEYWORDS = [
  'gantt',
  'title x',
  'section x',
  'dateFormat x',
  'axisFormat %H',
  'tickInterval 1day',
  'accTitle: x',
  'accDescr { x }',
  'click a href "javascript:alert(1)"',
  'excludes weekends',
  'todayMarker on',
  'weekday monday',
  '%% a comment',
  '%%{init: {"securityLevel": "loose"}}%%',
  'a : crit, 2020-01-01, 1d',
  'a; b',
  '#59;',
  '2026-01-01',
  '</pre><img src=x onerror=alert(1)>',
  'a\nclick b call c()',
];

describe('gantt', () => {
  it('draws what it is given: names, times to the millisecond, and what is bad', async () => {
    const text = chartOf([
      { name: 'outage', bars: [barOf({ label: 'outage, 2 s', from: START + 1001, kind: 'bad' })] },
      { name: 'web1.example.org', bars: [barOf(), barOf({ label: 'step migrate.app_2.0', kind: 'part' })] },
    ]);
    expect(await readChart(text)).toEqual({
      sections: ['outage', 'web1.example.org'],
      tasks: [
        {
          section: 'outage',
          label: 'outage, 2 s',
          from: START + 1001,
          to: START + 5000,
          crit: true,
          active: false,
        },
        {
          section: 'web1.example.org',
          label: 'prepare',
          from: START,
          to: START + 5000,
          crit: false,
          active: false,
        },
        {
          section: 'web1.example.org',
          label: 'step migrate.app_2.0',
          from: START,
          to: START + 5000,
          crit: false,
          active: true,
        },
      ],
    });
  });

  it.each([
    [1, undefined],
    [19, '2second'],
    [600, '1minute'],
    [4000, '10minute'],
    [86_400, '3hour'],
    [864_000, '1day'],
    [90_000_000, undefined],
  ])('has room for the times below a chart of %i s', async (seconds, interval) => {
    const text = chartOf([{ name: 'a', bars: [barOf({ to: START + seconds * 1000 })] }]);
    expect(/^ {2}tickInterval (\w+)$/m.exec(text)?.[1]).toBe(interval);
    expect((await readChart(text)).tasks).toHaveLength(1);
  });

  it.each(KEYWORDS)('takes %j for words, as a name and in a label', async (words) => {
    const text = chartOf([{ name: words, bars: [barOf({ label: `step ${words}` })] }]);
    const { sections, tasks } = await readChart(text);
    expect(sections).toHaveLength(1);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ section: sections[0], from: START, to: START + 5000, crit: false });
    expect(text.split('\n').slice(1).join('\n')).not.toMatch(/[#;<>"'`&@$\\{}]/);
  });

  it('holds any name and label, and nothing of them is more than words', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, label) => {
        const { sections, tasks } = await readChart(
          chartOf([
            { name, bars: [barOf({ label: `step ${label}` })] },
            { name: 'last', bars: [barOf()] },
          ]),
        );
        expect(sections).toHaveLength(2);
        expect(tasks.map((task) => task.from)).toEqual([START, START]);
        expect(tasks[0]?.label).toMatch(/^step[\p{L}\p{N} .,_/()-]*$/u);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the times of UTC, to the year 9999 and no further', async () => {
    const late = Date.UTC(9999, 0, 1);
    const { tasks } = await readChart(chartOf([{ name: 'a', bars: [barOf({ from: late, to: late + 9 })] }]));
    expect(tasks.map(({ from }) => from)).toEqual([late]);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300]) {
      expect(gantt([{ name: 'a', bars: [barOf({ from: wrong }), barOf({ to: wrong })] }]).text).toBe('');
    }
  });

  it('makes the shortest bar wide enough to be seen', async () => {
    const bars = [barOf({ to: START + 400_000 }), barOf({ to: START })];
    const { tasks } = await readChart(chartOf([{ name: 'a', bars }]));
    expect(tasks.map(({ from, to }) => to - from)).toEqual([400_000, 1000]);
  });

  it('is nothing without bars', () => {
    expect(gantt([]).text).toBe('');
    expect(gantt([{ name: 'a', bars: [] }]).text).toBe('');
  });
});
