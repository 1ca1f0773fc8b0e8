import { parseSpentWords, type SpentWord, spentWordLine } from '../domain/spent-word.ts';
import type { Journal } from './journal.ts';

/** The record of the words that were used for steps of its host, a line each. */
const RECORD = 'words';

/** A word, and the host of the step for which it was used. */
export interface SpentOn extends SpentWord {
  readonly host: string;
}

/** The words that one run has used in this upgrade, on all hosts. @param run the key of its owner */
export function spentWords(journal: Journal, run: string): SpentOn[] {
  return journal
    .recordsOf(RECORD)
    .flatMap(([host, text]) => parseSpentWords(text).map((word) => ({ ...word, host })))
    .filter((word) => word.run === run);
}

/** Writes down durably that a word is used for a step of the host. */
export async function spendWord(journal: Journal, { host, ...word }: SpentOn): Promise<void> {
  const earlier = journal.record(host, RECORD) ?? '';
  await journal.write(host, RECORD, `${earlier}${spentWordLine(word)}`);
}
