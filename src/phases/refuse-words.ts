import { UpgradeError } from '../domain/errors.ts';
import { endedWell } from '../domain/journal.ts';
import { textOfWord } from '../domain/resolution.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';
import { type SpentOn, spentWords } from '../executor/spent-words.ts';
import { answeredSteps, askingSteps, type Said, waitingSteps } from './resolve-steps.ts';

/**
 * Refuses what a person said where it is about no step that waits, or was used up by this run while steps wait, before
 * anything is done of it. Where nothing waits, what was used is left alone, and so is what was said of a step that has
 * ended well meanwhile: an attempt of a run has the inputs of the one before.
 * @throws UpgradeError naming the steps that wait
 */
export function refuseWords(journal: Journal, stages: readonly Stage[], said: Said): void {
  if (said.resolution.size === 0) {
    return;
  }
  const spent = spentWords(journal, said.owner.key).filter(({ about }) => said.resolution.has(about));
  const waiting = waitingSteps(journal, stages);
  if (spent.length > 0 && waiting.length > 0 && answeredSteps(journal, stages, said).length === 0) {
    throw usedUp(stages, spent, waiting);
  }
  const unspent = [...said.resolution.keys()].filter((name) => !spent.some(({ about }) => about === name));
  refuseIdleWords(journal, stages, unspent);
}

function usedUp(
  stages: readonly Stage[],
  spent: readonly SpentOn[],
  waiting: readonly ScriptStep[],
): UpgradeError {
  const uses = spent.map((word) => `\`${textOfWord(word)}\` for ${usedFor(stages, word)}`);
  const wait = waiting.length === 1 ? 'A step waits' : `${waiting.length} steps wait`;
  return new UpgradeError(
    `the input resolve counts once in a run, and this run has used it: ${uses.join(', ')}`,
    {
      output: namesOf(waiting),
      state: `${wait} for a word, and the upgrade is unfinished. Nothing was changed by this attempt.`,
      next: 'See on the host what the step did. Then start a new run with the input resolve for it: `STEP: done` or `STEP: again`. "Re-run failed jobs" would say the same words again.',
    },
  );
}

/** The step for which a word was used, as the plan has it now. */
function usedFor(stages: readonly Stage[], { host, step: id }: SpentOn): string {
  const step = askingSteps(stages).find((each) => each.host === host && each.id === id);
  return `${step?.title ?? id} on ${host}`;
}

function refuseIdleWords(
  journal: Journal,
  stages: readonly Stage[],
  names: readonly (string | null)[],
): void {
  const waiting = waitingSteps(journal, stages);
  const over = askingSteps(stages).filter((step) => hasEndedWell(journal, step));
  const idle = names.filter((name) =>
    name === null
      ? waiting.length !== 1 && (waiting.length > 0 || over.length === 0)
      : ![...waiting, ...over].some((step) => isAbout(name, step)),
  );
  if (idle.length > 0) {
    throw new UpgradeError(`the input resolve ${idle.map((name) => fault(name, waiting)).join(', and ')}`, {
      output: namesOf(waiting),
      state: 'Nothing was changed by this run.',
      next:
        waiting.length === 0
          ? 'Run the same again without the input resolve.'
          : 'Say it of a step that waits: `STEP: done` or `STEP: again`, or `STEP on HOST: done` where hosts differ.',
    });
  }
}

function fault(name: string | null, waiting: readonly ScriptStep[]): string {
  if (name !== null) {
    return `names ${name}, and no step of that name waits for a word`;
  }
  return waiting.length === 0
    ? 'says what became of a step, and no step waits for a word'
    : `does not say which step it is about, and ${waiting.length} wait for a word`;
}

function namesOf(steps: readonly ScriptStep[]): string {
  return steps.map(({ title, host }) => `${title} on ${host}`).join('\n');
}

function hasEndedWell(journal: Journal, { host, id }: ScriptStep): boolean {
  const state = journal.step(host, id)?.state;
  return endedWell(state);
}

function isAbout(name: string, { title, host }: ScriptStep): boolean {
  return name === title || name === `${title} on ${host}`;
}
