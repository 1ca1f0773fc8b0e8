import fc from 'fast-check';
import type { FailureReport, Outcome, Report, ReportedDump } from '../../src/domain/report.ts';
import { PHASES } from '../../src/domain/step.ts';
import { hostileText } from './hostile-text.ts';
import { dumpOf, globalsOf } from './report.ts';

const outcomes: readonly Outcome[] = [
  'planned',
  'unchanged',
  'finished',
  'refused',
  'abandoned',
  'unfinished',
  'cancelled',
];

const text = hostileText;
const maybe = fc.option(text);
const texts = fc.array(text, { maxLength: 3 });
const number = fc.oneof(fc.nat(), fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300));
const phase = fc.constantFrom(...PHASES);

const stored = fc.record({
  kind: fc.constantFrom('artifact' as const, 'directory' as const),
  name: text,
  sha256: text,
  bytes: number,
  url: fc.oneof(
    text,
    text.map((end) => `https://github.com/a/b/actions/runs/1/artifacts/2${end}`),
  ),
});

const dump: fc.Arbitrary<ReportedDump> = fc
  .record({
    key: text,
    name: text,
    host: text,
    port: fc.nat(65535),
    point: fc.constantFrom('before' as const, 'after-migrate' as const),
    generation: fc.integer({ min: 1, max: 3 }),
    sha256: text,
    bytes: number,
    hostCopy: maybe,
    stored: fc.option(stored),
    encrypted: fc.boolean(),
    takenAt: number,
    rows: number,
    restore: text,
  })
  .map((overrides) => dumpOf(overrides));

const failure: fc.Arbitrary<FailureReport> = fc.record({
  what: text,
  mistakes: fc.array(fc.record({ file: text, line: fc.nat(), column: fc.nat(), path: text, message: text }), {
    maxLength: 3,
  }),
  host: maybe,
  command: maybe,
  output: text,
  state: text,
  next: text,
});

/** Reports in which every text is hostile and every number may be nonsense. */
export const hostileReport: fc.Arbitrary<Report> = fc.record({
  schema: fc.constant(1 as const),
  outcome: fc.constantFrom(...outcomes),
  plan: text,
  part: maybe,
  next: maybe,
  upgrade: maybe,
  digest: maybe,
  versions: fc.array(fc.record({ host: text, package: text, from: maybe, to: text }), { maxLength: 4 }),
  services: fc.array(
    fc.record({
      host: text,
      name: text,
      before: fc.constantFrom('running' as const, 'down' as const),
      after: fc.constantFrom('running' as const, 'down' as const, 'unknown' as const),
    }),
    { maxLength: 3 },
  ),
  schemas: fc.array(
    fc.record({
      role: text,
      before: text,
      after: maybe,
      pendingBefore: number,
      pendingAfter: fc.option(number),
    }),
    { maxLength: 2 },
  ),
  dumps: fc.array(dump, { maxLength: 2 }),
  globals: fc.array(
    text.map((host) => globalsOf({ host, hostCopy: host, restore: host })),
    { maxLength: 1 },
  ),
  outage: fc.option(fc.record({ began: number, ended: fc.option(number) })),
  outageSeconds: fc.option(number),
  probe: fc.option(
    fc.record({
      seconds: fc.option(number),
      checks: fc.array(
        fc.record({
          host: text,
          role: text,
          http: text,
          before: fc.constantFrom('good' as const, 'bad' as const, 'unknown' as const),
          bad: fc.option(number),
          goodAgain: fc.option(number),
          gaps: fc.array(fc.record({ from: number, to: number }), { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
    }),
  ),
  settings: fc.array(
    fc.record({ host: text, added: texts, gone: texts, changed: texts, keptBack: texts, diff: text }),
    { maxLength: 2 },
  ),
  steps: fc.array(
    fc.record({ host: text, id: text, phase, started: number, ended: number, rc: fc.nat(255) }),
    { maxLength: 3 },
  ),
  outlook: fc.option(
    fc.record({
      databases: fc.array(
        fc.record({
          name: text,
          host: text,
          port: fc.nat(65_535),
          sizeBytes: number,
          dumpBytes: number,
          dumpSeconds: number,
        }),
        { maxLength: 3 },
      ),
      disks: fc.array(
        fc.record({
          host: text,
          folders: texts,
          freeBytes: number,
          needBytes: number,
          estimated: fc.boolean(),
        }),
        {
          maxLength: 3,
        },
      ),
      irreversible: texts,
    }),
  ),
  planned: fc.array(fc.record({ phase, stage: text, host: text, title: text, commands: texts }), {
    maxLength: 4,
  }),
  notes: texts,
  failure: fc.option(failure),
});
