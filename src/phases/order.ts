import { UpgradeError } from '../domain/errors.ts';
import { type Scope, withinScope } from '../domain/scope.ts';
import type { Step } from '../domain/step.ts';
import type { Runner } from '../executor/ask.ts';
import type { Journal } from '../executor/journal.ts';
import { undoneSteps } from '../executor/undone.ts';
import { describeTurn, type Part, stagesOf } from './upgrade.ts';

/** Steps that an error names; the rest is counted. */
const NAMED = 10;

/**
 * Lets a part run only when all parts before it are done, on all hosts, whatever the limit.
 * @throws UpgradeError naming the action to run first, and what of it is left
 */
export async function refuseTooEarly(
  runner: Runner,
  journal: Journal,
  parts: readonly Part[],
  wanted: Part,
): Promise<void> {
  for (const part of parts.slice(0, parts.indexOf(wanted))) {
    const left = await undoneSteps(runner, journal, part.stages);
    if (left.length > 0) {
      throw missing(`${describeTurn(wanted)} has to wait`, describeTurn(part), left);
    }
  }
}

/**
 * Lets a run of all parts with a limit begin only when it can come to its end: what lies outside of the limit must be
 * done already wherever a later part has something to do.
 * @throws UpgradeError naming what is left out
 */
export async function refuseLeftOut(
  runner: Runner,
  journal: Journal,
  parts: readonly Part[],
  scope: Scope,
): Promise<void> {
  const undone = await Promise.all(parts.map(({ stages }) => undoneSteps(runner, journal, stages)));
  const scoped = new Set(withinScope(stagesOf(parts), scope).flatMap(({ lanes }) => lanes.flat()));
  const last = undone.findLastIndex((steps) => steps.some((step) => scoped.has(step)));
  for (const [index, steps] of undone.slice(0, Math.max(last, 0)).entries()) {
    const left = steps.filter((step) => !scoped.has(step));
    const part = parts[index];
    if (left.length > 0 && part !== undefined) {
      throw missing('the limit leaves out what has to be done first', describeTurn(part), left);
    }
  }
}

function missing(what: string, turn: string, left: readonly Step[]): UpgradeError {
  const lines = left.slice(0, NAMED).map(({ host, title }) => `${host}: ${title}`);
  const rest = left.length > NAMED ? [`and ${left.length - NAMED} more`] : [];
  return new UpgradeError(`${what}: ${turn} is not done`, {
    output: [...lines, ...rest].join('\n'),
    state: 'Nothing was changed by this step.',
    next: `Run the action ${turn} first, without a limit.`,
  });
}
