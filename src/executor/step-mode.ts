import { upgradeFolder } from '../commands/host-library.ts';
import type { StepMode } from '../commands/step.ts';
import { UpgradeError } from '../domain/errors.ts';
import { endedWell } from '../domain/journal.ts';
import type { CheckStep, ScriptStep } from '../domain/step.ts';
import { ask, lastLines, type Runner } from './ask.ts';
import type { Journal } from './journal.ts';

/**
 * How to meet a step, by what the journal says of it; `restore`: not before its databases were restored; `ask`: not
 * before a person has said what became of it.
 */
export async function modeOf(
  runner: Runner,
  journal: Journal,
  step: ScriptStep,
): Promise<StepMode | 'skip' | 'restore' | 'ask'> {
  const state = journal.step(step.host, step.id)?.state;
  if (state === undefined) {
    return 'start';
  }
  if (state.kind === 'running') {
    return 'follow';
  }
  if (endedWell(state)) {
    return (await stillHolds(runner, journal, step)) ? 'skip' : 'again';
  }
  if (state.kind === 'unborn' || step.repeat === 'safe') {
    return 'again';
  }
  return step.repeat === 'ask' ? 'ask' : 'restore';
}

/** Has the step begun that makes this one's check pointless? */
export function isOver(journal: Journal, { host, until }: ScriptStep | CheckStep): boolean {
  return until !== undefined && journal.step(host, until) !== undefined;
}

function isInUse(journal: Journal, { host, usedBy }: ScriptStep): boolean {
  return usedBy !== undefined && journal.step(host, usedBy)?.state.kind === 'running';
}

async function stillHolds(runner: Runner, journal: Journal, step: ScriptStep): Promise<boolean> {
  if (step.check === undefined || isOver(journal, step) || isInUse(journal, step)) {
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

/** The error of a step that began, did not end well and may not simply be repeated. */
export function notRepeated(step: ScriptStep, mode: 'restore' | 'ask', upgrade: string): UpgradeError {
  const log = `${upgradeFolder(upgrade)}/steps/${step.id}/log`;
  return new UpgradeError(`${step.host}: ${step.title} was begun before and did not end well`, {
    host: step.host,
    command: step.title,
    state: 'It may have done half of its work, so it is not repeated on what it left.',
    next:
      mode === 'ask'
        ? `See on the host what it did (what it printed is in ${log}). Then run again with the input resolve: \`done\` where all of its work is done, \`again\` where it is to run once more.`
        : 'See on the host what it did. Where it may be repeated all the same, say `repeat: safe` for it in the plan, and run again.',
  });
}
