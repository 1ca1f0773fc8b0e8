import type { Word } from './resolution.ts';

/** A word that was used. It counts once: an attempt of a run says again what the attempts before it have said. */
export interface SpentWord extends Word {
  /** The key of the lock's owner who said it: of one workflow run in all of its attempts, else of one process. */
  readonly run: string;
  /** The id of the step for which it was used. */
  readonly step: string;
}

/** One line for the journal of the step's host. */
export function spentWordLine({ run, step, about, verdict }: SpentWord): string {
  return `${JSON.stringify({ run, step, about, verdict })}\n`;
}

/** Reads such lines. What is none of them, as another version may have written it, says nothing of any word. */
export function parseSpentWords(text: string): SpentWord[] {
  return text
    .split('\n')
    .map(parsed)
    .filter((value) => isSpentWord(value));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No line of ours.
    return null;
  }
}

function isSpentWord(value: unknown): value is SpentWord {
  const { run, step, about, verdict } = (value ?? {}) as Partial<Record<keyof SpentWord, unknown>>;
  return (
    typeof run === 'string' &&
    typeof step === 'string' &&
    (about === null || typeof about === 'string') &&
    (verdict === 'done' || verdict === 'again')
  );
}
