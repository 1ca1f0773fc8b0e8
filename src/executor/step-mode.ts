import type { StepMode } from '../commands/step.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { CheckStep, ScriptStep } from '../domain/step.ts';
import { ask, lastLines, type Runner } from './ask.ts';
import type { Journal } from './journal.ts';

/** How to meet a step, by what the journal says of it; `restore`: not before its databases were restored. */
export async function modeOf(
  runner: Runner,
  journal: Journal,
  step: ScriptStep,
): Promise<StepMode | 'skip' | 'restore'> {
  const state = journal.step(step.host, step.id)?.state;
  if (state === undefined) {
    return 'start';
  }
  if (state.kind === 'running') {
    return 'follow';
  }
  if (state.kind === 'ended' && state.rc === 0) {
    return (await stillHolds(runner, journal, step)) ? 'skip' : 'again';
  }
  return state.kind !== 'unborn' && step.repeat === 'restore-first' ? 'restore' : 'again';
}

/** Has the step begun that makes this one's check pointless? */
export function isOver(journal: Journal, { host, until }: ScriptStep | CheckStep): boolean {
  return until !== undefined && journal.step(host, until) !== undefined;
}

async function stillHolds(runner: Runner, journal: Journal, step: ScriptStep): Promise<boolean> {
  if (step.check === undefined || isOver(journal, step)) {
    return true;
  }
  const result = await ask(runner, step.host, {
    title: `look whether this still holds: ${step.title}`,
    script: step.check,
  });
  if (result.code !== 0) {
    runner.log.info(
      `${step.host}: ${step.title} was done and no longer holds: ${lastLines(result.stdout + result.stderr, 3)}`,
    );
  }
  return result.code === 0;
}

/** The error of a step that may be repeated only on a restored database. */
export function notRepeated(step: ScriptStep): UpgradeError {
  return new UpgradeError(`${step.host}: ${step.title} was begun before and did not end well`, {
    host: step.host,
    command: step.title,
    state: 'It may have done half of its work, so it is not repeated on what it left.',
    next: 'See on the host what it did. Where it may be repeated all the same, say `repeat: safe` for it in the plan, and run again.',
  });
}
