import type { Report } from '../domain/report.ts';
import { emptyReport } from './empty.ts';
import { explainFailure } from './failure.ts';

/** The report of a run that ended before it talked to any host: a file or an input is wrong. */
export function refusedReport(plan: string, error: unknown): Report {
  return { ...emptyReport(plan), failure: explainFailure(error) };
}
