import { UpgradeError } from '../domain/errors.ts';
import { endedBadly, endedWell } from '../domain/journal.ts';
import { type Resolution, verdictOn } from '../domain/resolution.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';

/** The steps that began, did not end well, and wait for a person to say what became of them. */
export function waitingSteps(journal: Journal, stages: readonly Stage[]): ScriptStep[] {
  return askingSteps(stages).filter(({ host, id }) => {
    const state = journal.step(host, id)?.state;
    return endedBadly(state);
  });
}

/**
 * Refuses what a person said where it is about no step that waits, before anything is done of it. What was said of a
 * step that has ended well meanwhile is left alone: an attempt of a run has the inputs of the one before.
 * @throws UpgradeError naming the steps that wait
 */
export function refuseIdleWords(journal: Journal, stages: readonly Stage[], resolution: Resolution): void {
  const waiting = waitingSteps(journal, stages);
  const over = askingSteps(stages).filter((step) => hasEndedWell(journal, step));
  const idle = [...resolution.keys()].filter((name) =>
    name === null
      ? waiting.length !== 1 && (waiting.length > 0 || over.length === 0)
      : ![...waiting, ...over].some((step) => isAbout(name, step)),
  );
  if (idle.length > 0) {
    throw new UpgradeError(`the input resolve ${idle.map((name) => fault(name, waiting)).join(', and ')}`, {
      output: waiting.map(({ title, host }) => `${title} on ${host}`).join('\n'),
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

function askingSteps(stages: readonly Stage[]): ScriptStep[] {
  return stages
    .flatMap(({ lanes }) => lanes.flat())
    .filter((step) => step.kind === 'script')
    .filter(({ repeat }) => repeat === 'ask');
}

function hasEndedWell(journal: Journal, { host, id }: ScriptStep): boolean {
  const state = journal.step(host, id)?.state;
  return endedWell(state);
}

function isAbout(name: string, { title, host }: ScriptStep): boolean {
  return name === title || name === `${title} on ${host}`;
}

/**
 * Does what a person said of waiting steps: one that is done counts as such, one that is to run again is put aside.
 * @param actor who said it
 * @returns what was done, a line each
 */
export async function resolveSteps(
  journal: Journal,
  stages: readonly Stage[],
  resolution: Resolution,
  actor: string,
): Promise<string[]> {
  const waiting = waitingSteps(journal, stages);
  const told: string[] = [];
  for (const { host, id, title } of waiting) {
    const verdict = verdictOn(resolution, { name: title, host }, waiting.length === 1);
    if (verdict === 'done') {
      await journal.resolve(host, id, `${actor} said that it is done`);
      told.push(`${host}: ${title} counts as done, as ${actor} said`);
    } else if (verdict === 'again') {
      await journal.forget(host, [id]);
      told.push(`${host}: ${title} runs again, as ${actor} said`);
    }
  }
  return told;
}
