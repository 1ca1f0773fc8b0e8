import { describe, expect, it } from '@jest/globals';
import { maskReport } from '../../src/report/mask-report.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { dumpOf, failureOf, reportOf } from '../support/report.ts';

const secret = 'gre_mlin|1"';
const mask = (text: string): string => text.replaceAll(secret, '***');

describe('maskReport', () => {
  it('finds a secret wherever it stands', () => {
    const failure = failureOf({ what: `used ${secret}`, output: `said ${secret}`, next: secret });
    const report = reportOf({ notes: [secret], failure, dumps: [dumpOf({ restore: `restore ${secret}` })] });
    const text = JSON.stringify(maskReport(report, mask));
    expect(text).not.toContain('mlin');
    expect(text.match(/\*\*\*/g)).toHaveLength(5);
  });

  it('leaves nothing that the summary would spell in another way', () => {
    const report = reportOf({ outcome: 'unfinished', failure: failureOf({ what: `used ${secret}` }) });
    expect(renderSummary(report)).toContain('gre&#95;mlin&#124;1');
    expect(renderSummary(maskReport(report, mask))).toContain('used &#42;&#42;&#42;');
  });

  it('changes nothing else', () => {
    const report = reportOf({ dumps: [dumpOf()], failure: failureOf() });
    expect(maskReport(report, mask)).toEqual(report);
  });
});
