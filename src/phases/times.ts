import type { HostFacts } from '../domain/facts.ts';
import type { OutageReport, Outcome, Report, StepReport } from '../domain/report.ts';
import { hostNames, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import { PHASES, type Phase } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';
import { askedChecks, healthId } from './health.ts';
import { startId } from './start-services.ts';

/** What a report has of times. @param journal null before there is one */
export function timesOf(
  journal: Journal | null,
  facts: ReadonlyMap<string, HostFacts>,
  resolved: ResolvedPlan | null,
  outcome: Outcome,
): Pick<Report, 'steps' | 'outage' | 'outageSeconds'> {
  const steps = journal === null ? [] : stepReports(journal, facts);
  const outage = resolved === null ? null : outageOf(steps, endsOfOutage(resolved, outcome === 'abandoned'));
  const seconds = outage === null || outage.ended === null ? null : (outage.ended - outage.began) / 1000;
  return { steps, outage, outageSeconds: seconds };
}

/** Journaled steps that ended, oldest first; times by the runner's clock, each host's offset taken off. */
export function stepReports(journal: Journal, facts: ReadonlyMap<string, HostFacts>): Report['steps'] {
  return journal
    .steps()
    .flatMap(([host, id, { state }]) => {
      if (state.kind !== 'ended') {
        return [];
      }
      const offset = facts.get(host)?.clockOffset ?? 0;
      return [
        {
          host,
          id,
          phase: phaseOf(id),
          started: state.started - offset,
          ended: state.ended - offset,
          rc: state.rc,
        },
      ];
    })
    .sort((left, right) => left.started - right.started);
}

/** A journaled step of one host. */
type StepOfHost = Pick<StepReport, 'host' | 'id'>;

/**
 * The steps whose end ends the outage: the last answers of healthy services. Where none is asked, and where an upgrade
 * was abandoned, the starts of what ran.
 */
export function endsOfOutage(resolved: ResolvedPlan, abandoned: boolean): StepOfHost[] {
  const health = askedChecks(resolved).map(({ host, role, index }) => ({ host, id: healthId(role, index) }));
  return health.length > 0 && !abandoned
    ? health
    : hostNames(resolved).flatMap((host) =>
        resolvedHost(resolved, host).running.map((service) => ({ host, id: startId(service) })),
      );
}

/**
 * From the first stop of a service to the last of those steps, on hosts that had one stopped; null while nothing was
 * stopped.
 */
export function outageOf(steps: readonly StepReport[], ends: readonly StepOfHost[]): OutageReport | null {
  const good = steps.filter(({ rc }) => rc === 0);
  const stops = good.filter(({ id }) => id.startsWith('stop-services.stop.'));
  if (stops.length === 0) {
    return null;
  }
  const began = Math.min(...stops.map(({ started }) => started));
  const wanted = ends.filter(({ host }) => stops.some((stop) => stop.host === host));
  const found = wanted.map(
    ({ host, id }) => good.find((step) => step.host === host && step.id === id)?.ended,
  );
  const known = found.filter((ended) => ended !== undefined);
  return { began, ended: known.length < wanted.length || wanted.length === 0 ? null : Math.max(...known) };
}

function phaseOf(id: string): Phase {
  const name = id.split('.')[0];
  return PHASES.find((phase) => phase === name) ?? 'prepare';
}
