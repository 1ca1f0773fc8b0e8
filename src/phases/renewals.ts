import { endedWell, type HostJournal } from '../domain/journal.ts';
import type { Stage, Step } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';
import { type Part, partsAt, stagesOf, type Turn } from './upgrade.ts';

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
  const [part] = partsAt(parts, turn);
  const earlier = part === undefined ? [] : parts.slice(0, parts.indexOf(part));
  const stands = (step: Step): boolean =>
    step.kind === 'script' &&
    step.renews === true &&
    step.phase === 'install-packages' &&
    endedWell(journal.step(step.host, step.id)?.state);
  return stagesOf(earlier)
    .map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.filter(stands)) }))
    .filter(({ lanes }) => lanes.some((lane) => lane.length > 0));
}
