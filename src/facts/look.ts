import type { Command } from '../shell/command.ts';
import { lookScript, UNBOUND } from './script/index.ts';

/** A word that says what is asked, and what it is asked about. */
export type Question = readonly [string, ...string[]];

/**
 * Asks a host in one round trip, and changes nothing there. The script is one fixed text and the questions are its
 * input, so that a key can be bound to it. Exit code 0 goes with a complete answer, for `readRecords`. Without any
 * question it shows that we can log in and look.
 */
export function look(title: string, questions: readonly Question[] = []): Command {
  const input = [...questions, ['end']].map((fields) => `${fields.map(encodeField).join('|')}\n`).join('');
  return { title, script: lookScript.text, args: [UNBOUND], input };
}

/** Written so that bash's `printf %b` gives the very bytes back and no field can end a field or a line. */
function encodeField(field: string): string {
  if (field.includes('\0')) {
    throw new RangeError('a NUL byte cannot be passed to a shell');
  }
  return field
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\x7c')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
