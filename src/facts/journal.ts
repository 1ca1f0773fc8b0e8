import { type HostJournal, parseJournal } from '../domain/journal.ts';
import type { Command } from '../shell/command.ts';
import { look } from './look.ts';
import { readRecords, toolOutput } from './records.ts';

/**
 * Reads the journal of one host: its epoch, who holds the lock, which upgrade is current, how far its steps are, and its
 * records; for `parseJournalAnswer`.
 * @param upgrade what to read where no upgrade is current: the host may have been the first to be told of its end
 */
export function readJournal(upgrade = ''): Command {
  return look('read the journal', [['journal', upgrade]]);
}

/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
export function parseJournalAnswer(host: string, stdout: string): HostJournal {
  return parseJournal(host, toolOutput(host, readRecords(host, stdout), 'journal'));
}
