import type { Report } from '../domain/report.ts';
import { explainFailure } from './failure.ts';

/** The report of a run that ended before it talked to any host: a file or an input is wrong. */
export function refusedReport(plan: string, error: unknown): Report {
  return {
    schema: 1,
    outcome: 'refused',
    plan,
    upgrade: null,
    versions: [],
    services: [],
    schemas: [],
    dumps: [],
    globals: [],
    outageSeconds: null,
    settings: [],
    steps: [],
    planned: [],
    notes: [],
    failure: explainFailure(error),
  };
}
