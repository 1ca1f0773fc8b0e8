import { type Resolution, verdictOn } from '../domain/resolution.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import type { Journal } from '../executor/journal.ts';

/** The steps that began, did not end well, and wait for a person to say what became of them. */
export function waitingSteps(journal: Journal, stages: readonly Stage[]): ScriptStep[] {
  return stages
    .flatMap(({ lanes }) => lanes.flat())
    .filter((step) => step.kind === 'script')
    .filter(({ host, id, repeat }) => {
      const state = journal.step(host, id)?.state;
      return repeat === 'ask' && (state?.kind === 'died' || (state?.kind === 'ended' && state.rc !== 0));
    });
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
