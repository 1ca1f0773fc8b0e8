import type { HostJournal } from '../domain/journal.ts';
import type { Stage, Step } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';
import { type Part, stagesOf, type Turn } from './upgrade.ts';

/**
 * What parts before this one put up for the time until the services start, and what went with the lock of a job that
 * failed or was cancelled: it is looked at again, and put up again where it is gone.
 * @param seen the journals as they were before the lock was taken
 */
export function renewals(
  seen: ReadonlyMap<string, HostJournal>,
  journal: Journal,
  parts: readonly Part[],
  turn: Turn | null,
): Stage[] {
  if (turn === null || [...seen.values()].every(({ lock }) => lock !== null)) {
    return [];
  }
  const at = parts.findIndex(({ phase, at: point }) => phase === turn.phase && point === turn.at);
  const stands = (step: Step): boolean =>
    step.kind === 'script' &&
    step.renews === true &&
    step.phase === 'install-packages' &&
    isDone(journal, step);
  return stagesOf(parts.slice(0, Math.max(at, 0)))
    .map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.filter(stands)) }))
    .filter(({ lanes }) => lanes.some((lane) => lane.length > 0));
}

function isDone(journal: Journal, { host, id }: Step): boolean {
  const state = journal.step(host, id)?.state;
  return state?.kind === 'ended' && state.rc === 0;
}
