import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_SUMMARY } from '../../src/report/size-limit.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { readChart } from '../support/mermaid.ts';
import { dumpOf, failureOf, reportOf } from '../support/report.ts';
import { cellsOf, strayMarkup, structureOf } from '../support/summary-structure.ts';

describe('renderSummary', () => {
  it('is short when all is well', () => {
    const versions = [{ host: 'web1', package: 'app', from: '1-1', to: '2-1' }];
    expect(renderSummary(reportOf({ versions, outageSeconds: 12.34 }))).toBe(`## stack-2: ✅ upgraded

**The upgrade is finished and verified: 1 package changed on 1 host, and the outage was 12.3 s.**

The hosts know this upgrade as u1.

### Versions

| Package | Before | After | Hosts |
| --- | --- | --- | --- |
| app | 1-1 | **2-1** | web1 |
`);
  });

  it('shows the digest of what can be approved, and of nothing else', () => {
    const digest = '0123456789abcdef'.repeat(4);
    for (const outcome of ['planned', 'unchanged'] as const) {
      expect(renderSummary(reportOf({ outcome, digest }))).toContain(
        `The digest of this plan, which is what an approval binds: <code>${digest}</code>`,
      );
    }
    for (const report of [
      reportOf({ outcome: 'refused', digest }),
      reportOf({ digest }),
      reportOf({ outcome: 'planned' }),
    ]) {
      expect(renderSummary(report)).not.toContain('digest');
    }
  });

  it('tells what failed, where things stand, what to do and how to restore, in this order', () => {
    const failure = failureOf({ output: 'one\ntwo', state: 'Half done.', next: 'Restore it.' });
    const services = [{ host: 'web1', name: 'app', before: 'running' as const, after: 'unknown' as const }];
    const text = renderSummary(reportOf({ outcome: 'unfinished', failure, services, dumps: [dumpOf()] }));
    const order = [
      '### What failed',
      'web1: migrate ended with exit code 1',
      '- Host: <code>web1</code>',
      '- Command: <code>migrate</code>',
      '```text\none\ntwo\n```',
      '### Where things stand',
      'Half done.',
      'The upgrade u1 is unfinished',
      'whether they run now was not looked at: app on web1.',
      '### What to do next',
      'Restore it.',
      '### Restoring a database by hand',
      '```sh\npg_restore app\n```',
      '### Dumps',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('lists the mistakes of a refused file with their places', () => {
    const mistakes = [
      { file: 'plan.yml', line: 3, column: 5, path: 'roles.app', message: 'found 5, expected a map' },
    ];
    const text = renderSummary(reportOf({ outcome: 'refused', failure: failureOf({ mistakes }) }));
    expect(text).toContain(
      '- <code>plan.yml&#58;3&#58;5</code> <code>roles.app</code>: found 5, expected a map',
    );
  });

  it('says what a cancelled run leaves, with or without a failure', () => {
    const text = renderSummary(reportOf({ outcome: 'cancelled' }));
    expect(text).toContain('what was stopped stays stopped.');
    expect(text).toContain('it goes on where this run stopped.');
  });

  it('gives no commands to restore when all went well', () => {
    expect(renderSummary(reportOf({ dumps: [dumpOf()] }))).not.toContain('pg_restore app');
  });

  it('cuts what is too long, and never what a person needs after a failure', () => {
    const before = `${'x'.repeat(2000)}\n`.repeat(499);
    const schemas = Array.from({ length: 3 }, () => ({
      role: 'app',
      before,
      after: null,
      pendingBefore: 1,
      pendingAfter: null,
    }));
    const failure = failureOf({ output: `${'y'.repeat(5000)}\n`.repeat(10_000), next: 'Restore it.' });
    const text = renderSummary(reportOf({ outcome: 'unfinished', schemas, failure, dumps: [dumpOf()] }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_SUMMARY);
    expect(text).toContain(
      'Left out, since a summary must not be longer than 1 MiB: the output of the schema commands.',
    );
    expect(text).toContain('Restore it.');
    expect(text).toContain('pg_restore app');
    expect(text).toContain('The last 40 of 10,000 lines:');
  });
});

describe('a summary of a step that has one already', () => {
  it('leaves out more, and says so, so that both are shown', () => {
    const schemas = [
      {
        role: 'app',
        before: `${'x'.repeat(2000)}\n`.repeat(300),
        after: null,
        pendingBefore: 1,
        pendingAfter: null,
      },
    ];
    const first = renderSummary(reportOf({ schemas }));
    const second = renderSummary(reportOf({ schemas }), { taken: Buffer.byteLength(first) });
    expect(first).not.toContain('Left out');
    expect(second).toContain('Left out, since a summary must not be longer than 1 MiB');
    expect(Buffer.byteLength(first + second)).toBeLessThanOrEqual(LONGEST_SUMMARY);
    const third = renderSummary(reportOf({ schemas }), { taken: LONGEST_SUMMARY });
    expect(third).toContain('the headline');
    expect(Buffer.byteLength(third)).toBeLessThan(2 ** 20 - LONGEST_SUMMARY);
  });
});

describe('a summary of hostile texts', () => {
  it('has charts that mermaid reads, with the bars of ours and no other ones', async () => {
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(hostileReport, async (report) => {
        for (const text of structureOf(renderSummary(report)).charts) {
          const { sections, tasks } = await readChart(text);
          expect(sections).toHaveLength(text.match(/^ {2}section /gm)?.length ?? 0);
          expect(tasks).toHaveLength(text.match(/^ {4}/gm)?.length ?? 0);
          expect(tasks.filter(({ from, to }) => !(from < to))).toEqual([]);
          drawn += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(drawn).toBeGreaterThan(0);
  });

  it('has no markup, link or mention that is not its own, and no broken row, fold or character', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = renderSummary(report);
        const { lines } = structureOf(text);
        expect(lines.flatMap(strayMarkup)).toEqual([]);
        expect(brokenRows(lines)).toEqual([]);
        expect(brokenFolds(lines)).toEqual([]);
        expect(text).not.toMatch(/[^\P{C}\n\t]/u);
      }),
      { numRuns: 300 },
    );
  });
});

/** Rows of a table with more or fewer cells than the row above. */
function brokenRows(lines: readonly string[]): string[] {
  return lines.filter((line, index) => {
    const above = lines[index - 1] ?? '';
    return line.startsWith('|') && above.startsWith('|') && cellsOf(line) !== cellsOf(above);
  });
}

/** Lines that open or close what folds without being the one or the other, or out of turn. */
function brokenFolds(lines: readonly string[]): string[] {
  const folds = lines.filter((line) => /<\/?(?:details|summary)>/.test(line));
  return folds.filter((line, index) =>
    index % 2 === 0 ? !/^<details><summary>.*<\/summary>$/.test(line) : line !== '</details>',
  );
}
