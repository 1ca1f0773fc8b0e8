import { endedWell } from '../domain/journal.ts';
import type { Stage, Step } from '../domain/step.ts';
import type { Runner } from './ask.ts';
import type { Journal } from './journal.ts';
import { modeOf } from './step-mode.ts';

/**
 * The steps that later phases build on and that are not done, or whose work no longer holds. Checks are none: they
 * leave nothing behind; nor are guards, which are asked anew by the phase that they stand before.
 */
export async function undoneSteps(
  runner: Runner,
  journal: Journal,
  stages: readonly Stage[],
): Promise<Step[]> {
  const steps = stages.flatMap(({ lanes }) => lanes.flat());
  const done = await Promise.all(steps.map(async (step) => await isDone(runner, journal, step)));
  return steps.filter((_, index) => done[index] === false);
}

async function isDone(runner: Runner, journal: Journal, step: Step): Promise<boolean> {
  switch (step.kind) {
    case 'check':
      return true;
    case 'runner':
      return step.phase !== 'backup-db' || step.isDone();
    case 'script': {
      const state = journal.step(step.host, step.id)?.state;
      const ended = endedWell(state);
      return ended && (step.renews === true || (await modeOf(runner, journal, step)) === 'skip');
    }
  }
}
