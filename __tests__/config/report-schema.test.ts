import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { readReport } from '../../fleet/published-report.ts';
import type { reportSchema } from '../../src/config/report-schema.ts';
import type { Report } from '../../src/domain/report.ts';
import { PHASES } from '../../src/domain/step.ts';
import { dumpOf, failureOf, globalsOf, plannedOf, reportOf, stepOf } from '../support/report.ts';

/** A type with everything in it read-only, however deep. */
type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** True only of one and the same type: two functions are of the same type when no T tells them apart. */
type Same<A, B> =
  (<T>() => T extends Frozen<A> ? 1 : 2) extends <T>() => T extends Frozen<B> ? 1 : 2 ? true : false;

/** Does not compile where the two have drifted apart. */
const same: Same<z.infer<typeof reportSchema>, Report> = true;

/** A report that has something everywhere. */
function full(): Report {
  return reportOf({
    outcome: 'unfinished',
    part: 'migrate',
    next: 'start-services',
    versions: [{ host: 'web1', package: 'app', from: null, to: '2-1' }],
    services: [{ host: 'web1', name: 'app', before: 'running', after: 'unknown' }],
    schemas: [{ role: 'app', before: '( ) 2', after: null, pendingBefore: 1, pendingAfter: null }],
    dumps: [dumpOf()],
    globals: [globalsOf({ hostCopy: null, stored: null })],
    outage: { began: 1, ended: null },
    probe: {
      seconds: null,
      checks: [
        {
          host: 'web1',
          role: 'app',
          http: 'http://localhost/',
          before: 'good',
          bad: 2,
          goodAgain: null,
          gaps: [{ from: 3, to: 4 }],
        },
      ],
    },
    settings: [{ host: 'web1', added: ['/etc/a'], gone: [], changed: [], keptBack: [], diff: '/d' }],
    steps: PHASES.map((phase) => stepOf({ phase })),
    planned: [plannedOf()],
    outlook: {
      databases: [],
      disks: [{ host: 'db1', folders: ['/'], freeBytes: 2, needBytes: 1, estimated: false }],
      irreversible: ['it'],
    },
    notes: ['so it is'],
    failure: failureOf({ mistakes: [{ file: 'plan.yml', line: 1, column: 2, path: '', message: 'no' }] }),
  });
}

describe('the schema of the report', () => {
  it('is that of the type', () => {
    expect(same).toBe(true);
  });

  it('takes a report that has something everywhere, and gives all of it back', () => {
    expect(readReport(JSON.stringify(full()))).toEqual(full());
  });

  it.each([
    ['an unknown key', { ...full(), extra: 1 }],
    ['an unknown key inside', { ...full(), dumps: [{ ...dumpOf(), state: {} }] }],
    ['a missing key', { ...full(), plan: undefined }],
    ['another kind of value', { ...full(), outageSeconds: '12' }],
    ['an unknown outcome', { ...full(), outcome: 'fine' }],
  ])('refuses %s', (_what, report) => {
    expect(() => readReport(JSON.stringify(report))).toThrow();
  });
});
