import { readReport } from '../../fleet/published-report.ts';
import type {
  FailureReport,
  PlannedStep,
  Report,
  ReportedDump,
  ReportedGlobals,
  StepReport,
} from '../../src/domain/report.ts';

/** A run that found nothing to tell, with overrides. @throws ZodError for one that the published schema does not know */
export function reportOf(overrides: Partial<Report> = {}): Report {
  const report: Report = {
    schema: 1,
    outcome: 'finished',
    plan: 'stack-2',
    part: null,
    next: null,
    upgrade: 'u1',
    digest: null,
    versions: [],
    services: [],
    schemas: [],
    dumps: [],
    globals: [],
    outage: null,
    outageSeconds: null,
    probe: null,
    settings: [],
    steps: [],
    planned: [],
    outlook: null,
    notes: [],
    failure: null,
    ...overrides,
  };
  readReport(JSON.stringify(report));
  return report;
}

export function failureOf(overrides: Partial<FailureReport> = {}): FailureReport {
  return {
    what: 'web1: migrate ended with exit code 1',
    mistakes: [],
    host: 'web1',
    command: 'migrate',
    output: 'no such column',
    state: '',
    next: '',
    ...overrides,
  };
}

export function dumpOf(overrides: Partial<ReportedDump> = {}): ReportedDump {
  return {
    ...globalsOf(),
    key: 'app',
    name: 'app_db',
    generation: 1,
    shape: { owner: 'app', encoding: 'UTF8', collate: 'C.UTF-8', ctype: 'C.UTF-8', icuLocale: null },
    rows: 80_000,
    restore: 'pg_restore app',
    ...overrides,
  };
}

export function globalsOf(overrides: Partial<ReportedGlobals> = {}): ReportedGlobals {
  return {
    host: 'db1',
    port: 5432,
    point: 'before',
    sha256: 'ab'.repeat(32),
    bytes: 12_345_678,
    hostCopy: '/var/backups/app.dump',
    stored: {
      kind: 'artifact',
      name: 'app.dump.age',
      sha256: 'cd'.repeat(32),
      bytes: 12_345_999,
      id: 7,
      url: 'https://github.com/example/ops/actions/runs/42/artifacts/7',
    },
    encrypted: true,
    takenAt: Date.UTC(2026, 10, 23, 17, 59, 55),
    restore: 'psql globals',
    ...overrides,
  };
}

export function stepOf(overrides: Partial<StepReport> = {}): StepReport {
  const started = Date.UTC(2026, 10, 23, 18, 0, 0);
  return {
    host: 'web1',
    id: 'migrate.app.0',
    phase: 'migrate',
    started,
    ended: started + 1500,
    rc: 0,
    ...overrides,
  };
}

export function plannedOf(overrides: Partial<PlannedStep> = {}): PlannedStep {
  return {
    phase: 'stop-services',
    stage: 'stop the services',
    host: 'web1',
    title: 'stop app',
    commands: ['service app stop'],
    ...overrides,
  };
}
