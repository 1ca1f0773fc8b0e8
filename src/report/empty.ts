import type { Report } from '../domain/report.ts';

/** The report of a run that has nothing to tell yet. */
export function emptyReport(plan: string): Report {
  return {
    schema: 1,
    outcome: 'refused',
    plan,
    part: null,
    next: null,
    upgrade: null,
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
  };
}
