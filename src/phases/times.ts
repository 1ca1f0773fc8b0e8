import type { HostFacts } from '../domain/facts.ts';
import type { Report } from '../domain/report.ts';
import { PHASES, type Phase } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';

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

/**
 * From the first stop of a service to the last answer of a healthy one, in seconds; null while either is missing.
 * Without health checks, to the end of the last start.
 */
export function outageSeconds(journal: Journal, facts: ReadonlyMap<string, HostFacts>): number | null {
  const steps = stepReports(journal, facts).filter(({ rc }) => rc === 0);
  const stops = steps.filter(({ id }) => id.startsWith('stop-services.stop.'));
  const health = steps.filter(({ id }) => id.startsWith('start-services.health.'));
  const starts = steps.filter(({ id }) => id.startsWith('start-services.start.'));
  const ends = health.length > 0 ? health : starts;
  if (stops.length === 0 || ends.length === 0) {
    return null;
  }
  const began = Math.min(...stops.map(({ started }) => started));
  return (Math.max(...ends.map(({ ended }) => ended)) - began) / 1000;
}

function phaseOf(id: string): Phase {
  const name = id.split('.')[0];
  return PHASES.find((phase) => phase === name) ?? 'prepare';
}
