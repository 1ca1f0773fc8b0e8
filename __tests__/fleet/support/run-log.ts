import type { UpgradeRun } from '../../../fleet/operator.ts';

/** A place in a run's log: in the group with a title that begins so, once its title or a line holds the words. */
export interface Place {
  readonly group: string;
  readonly words: string | RegExp;
}

/** Begins a group: as a workflow's runner reads it, or as a terminal shows it. */
const GROUP = /^(?:::group::|── )(.*)$/gm;

/** The lines of the last group with a title that begins so, its title included; undefined while there is none. */
export function lastGroup(log: string, title: string): string | undefined {
  const groups = [...log.matchAll(GROUP)];
  const last = groups.findLastIndex(([, found]) => found?.startsWith(title));
  return last < 0 ? undefined : log.slice(groups[last]?.index, groups[last + 1]?.index);
}

/** Has a log come to a place? */
export function hasReached(log: string, { group, words }: Place): boolean {
  const text = lastGroup(log, group);
  return text !== undefined && (typeof words === 'string' ? text.includes(words) : words.test(text));
}

/** The title of the group in which a log ends. */
export function titleAtEnd(log: string): string {
  return [...log.matchAll(GROUP)].at(-1)?.[1] ?? '';
}

/** The annotations of kind error, each as the runner reads it. */
export function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => line.startsWith('::error'));
}

/** What a run says when it has lost the connection to a host, and goes on. */
export function lossOf(host: string): RegExp {
  return new RegExp(`^${host}: .*the connection was lost: .*; connecting again$`, 'm');
}

/** The end of a log without what only the runner reads. */
export function plainTail(log: string, lines = 60): string {
  return log
    .split('\n')
    .filter((line) => !/^::(add-mask|debug)::/.test(line))
    .slice(-lines)
    .join('\n');
}

/** @throws Error with the end of the log when the run ended otherwise: an exit code alone explains nothing */
export function expectOutcome(run: UpgradeRun, outcome: string): void {
  const found = run.outputs.outcome;
  if (found !== outcome) {
    throw new Error(
      `the outcome is ${found ?? 'unknown'} (exit code ${run.code}, signal ${run.signal}), not ${outcome}; the log ends:\n${plainTail(run.log)}`,
    );
  }
}
