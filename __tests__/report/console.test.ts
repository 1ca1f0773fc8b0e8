import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderConsole } from '../../src/report/console.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { dumpOf, failureOf, plannedOf, reportOf } from '../support/report.ts';

describe('renderConsole', () => {
  it('ends a good run with its versions, dumps and outage', () => {
    const versions = [{ host: 'web1', package: 'app', from: null, to: '2-1' }];
    expect(renderConsole(reportOf({ versions, dumps: [dumpOf()], outageSeconds: 2 }))).toEqual([
      'stack-2: The upgrade is finished and verified: 1 package changed on 1 host, and the outage was 2.0 s.',
      'Versions:',
      '  app (new) -> 2-1 on web1',
      'Dumps:',
      '  app_db (before): 80,000 rows, 12.3 MB, sha256 abababababab; artifact app.dump.age (encrypted), db1:/var/backups/app.dump',
      'The outage was 2.0 s',
    ]);
  });

  it('names the digest of a plan', () => {
    const lines = renderConsole(reportOf({ outcome: 'planned', digest: 'ab'.repeat(32) }));
    expect(lines[1]).toBe(`Digest of this plan: ${'ab'.repeat(32)}`);
    expect(renderConsole(reportOf({ digest: 'ab'.repeat(32) })).join('\n')).not.toContain('Digest');
  });

  it('ends a bad one with what to do', () => {
    const failure = failureOf({ next: 'Restore it.' });
    expect(renderConsole(reportOf({ outcome: 'unfinished', failure })).slice(-2)).toEqual([
      'What to do next:',
      '  Restore it.',
    ]);
  });

  it('has the commands for the newest `before` dump of each database, not indented', () => {
    const restore = "psql <<'END'\n  select 1;\nEND";
    const dumps = [
      dumpOf({ restore: 'old' }),
      dumpOf({ generation: 2, restore }),
      dumpOf({ point: 'after-migrate', restore: 'later' }),
    ];
    const text = renderConsole(reportOf({ outcome: 'unfinished', dumps, failure: failureOf() })).join('\n');
    expect(text).toContain(`\n${restore}\n`);
    expect(text).not.toMatch(/^(old|later)$/m);
  });

  it('shows a dry run step by step with the commands', () => {
    expect(renderConsole(reportOf({ outcome: 'planned', upgrade: null, planned: [plannedOf()] }))).toContain(
      '      service app stop',
    );
  });

  it('has one harmless line in each line, whatever comes', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        for (const line of renderConsole(report)) {
          expect(line).not.toMatch(/[^\P{C}\t]/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});
