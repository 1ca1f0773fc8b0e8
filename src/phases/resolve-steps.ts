import { endedBadly } from '../domain/journal.ts';
import { type Word, wordOn } from '../domain/resolution.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';
import { type SpentOn, spendWord, spentWords } from '../executor/spent-words.ts';
import type { UpgradeContext } from './context.ts';

/** What a person said in a run, and which run that is. */
export type Said = Pick<UpgradeContext, 'resolution' | 'owner'>;

/** The steps of which a person may have to say what became of them. */
export function askingSteps(stages: readonly Stage[]): ScriptStep[] {
  return stages
    .flatMap(({ lanes }) => lanes.flat())
    .filter((step) => step.kind === 'script')
    .filter(({ repeat }) => repeat === 'ask');
}

/** Those that began, did not end well, and wait for such a word. */
export function waitingSteps(journal: Journal, stages: readonly Stage[]): ScriptStep[] {
  return askingSteps(stages).filter(({ host, id }) => {
    const state = journal.step(host, id)?.state;
    return endedBadly(state);
  });
}

/** A step that waits, with the word about it. */
export interface Answered {
  readonly step: ScriptStep;
  readonly word: Word;
}

/**
 * The waiting steps of which this run says what became of them. What it used in an earlier attempt counts no more:
 * nobody said it of what has died since. A new run may say it again, and so may, outside of workflows, a new process.
 */
export function answeredSteps(
  journal: Journal,
  stages: readonly Stage[],
  { resolution, owner }: Said,
): Answered[] {
  const waiting = waitingSteps(journal, stages);
  const spent = spentWords(journal, owner.key);
  return waiting.flatMap((step) => {
    const word = wordOn(resolution, { name: step.title, host: step.host }, waiting.length === 1);
    return word === undefined || isSpent(spent, word, step) ? [] : [{ step, word }];
  });
}

/** A word without a name is good for one step, whichever that was; one with a name once for each that has it. */
function isSpent(spent: readonly SpentOn[], { about }: Word, { host, id }: ScriptStep): boolean {
  return spent.some(
    (used) => (about === null && used.about === null) || (used.host === host && used.step === id),
  );
}

/**
 * Does what a person said of waiting steps: one that is done counts as such, one that is to run again is put aside.
 * @returns what was done, a line each
 */
export async function resolveSteps(
  journal: Journal,
  stages: readonly Stage[],
  said: Said,
): Promise<string[]> {
  const { key: run, actor } = said.owner;
  const told: string[] = [];
  for (const { step, word } of answeredSteps(journal, stages, said)) {
    const { host, id, title } = step;
    // First written down, then done: whoever dies in between has lost the word, and a new run says it again. The other
    // way round the next attempt would use it a second time, for what has died since.
    await spendWord(journal, { ...word, run, host, step: id });
    if (word.verdict === 'done') {
      await journal.resolve(host, id, `${actor} said that it is done`);
      told.push(`${host}: ${title} counts as done, as ${actor} said`);
    } else {
      await journal.forget(host, [id]);
      told.push(`${host}: ${title} runs again, as ${actor} said`);
    }
  }
  return told;
}
