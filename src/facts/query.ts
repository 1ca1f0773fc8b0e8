import { hintWords, type ProcessHint } from '../commands/service-library.ts';
import type { Command } from '../shell/command.ts';
import { factsScript } from './script.ts';

/** What is asked of one host. */
export interface FactsQuery {
  readonly packages: readonly string[];
  readonly services: readonly { readonly name: string; readonly hint: ProcessHint }[];
  /** Folders whose file system's free space counts; one that is not there yet stands for its nearest parent. */
  readonly folders: readonly string[];
  readonly tools: readonly string[];
  /** `temporary`: after an `apt-get update` into a folder that is thrown away; `system`: what the host knows. */
  readonly lists: 'temporary' | 'system';
  /** The release to take packages from, as apt's `-t`. */
  readonly release?: string | undefined;
  /** Databases whose server runs on this host. */
  readonly databases: readonly { readonly key: string; readonly port: number; readonly name: string }[];
}

/**
 * Asks a host everything in one round trip. The script is one fixed text and the questions are its input, so that a
 * key can be bound to it. Exit code 0 goes with a complete answer for `parseFacts`; a package list that could not be
 * read is a failure, a database that does not answer is a fact.
 */
export function factsCommand(query: FactsQuery): Command {
  return { title: 'read facts', script: factsScript.text, input: encodeQuery(query) };
}

function encodeQuery(query: FactsQuery): string {
  const lines = [
    ['lists', query.lists],
    ...(query.release === undefined ? [] : [['release', query.release]]),
    ...query.packages.map((name) => ['package', name]),
    ...query.services.map(({ name, hint }) => ['service', name, ...hintWords(hint)]),
    ...query.folders.map((path) => ['free', path]),
    ...query.tools.map((name) => ['tool', name]),
    ...query.databases.map(({ key, port, name }) => ['database', key, String(port), name]),
    ['end'],
  ];
  return lines.map((fields) => `${fields.map(encodeField).join('|')}\n`).join('');
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
