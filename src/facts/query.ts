import { hintWords, type ProcessHint } from '../commands/service-library.ts';
import type { Command } from '../shell/command.ts';
import { look, type Question } from './look.ts';

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

/** Asks for the facts of a host, for `parseFacts`. A package list that cannot be read is a failure. */
export function factsCommand(query: FactsQuery): Command {
  return look('read facts', [
    ['host'],
    ...aptQuestions(query),
    ...query.packages.map((name): Question => ['package', name]),
    ...query.services.map(({ name, hint }): Question => ['service', name, ...hintWords(hint)]),
    ...query.folders.map((path): Question => ['free', path]),
    ...query.tools.map((name): Question => ['tool', name]),
    ...query.databases.map(({ key, port, name }): Question => ['database', key, String(port), name]),
  ]);
}

/** How apt is to look at packages. */
export function aptQuestions({ lists, release }: Pick<FactsQuery, 'lists' | 'release'>): Question[] {
  return [['lists', lists], ...(release === undefined ? [] : [['release', release] as const])];
}
