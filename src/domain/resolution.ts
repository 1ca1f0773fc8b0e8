import { ConfigurationError } from './errors.ts';

/** What a person says of a step that never told its end: its work is done, or it is to run again. */
export type Verdict = 'done' | 'again';

/** Verdicts by the names of steps; `null` is the name of the only one that waits for one. */
export type Resolution = ReadonlyMap<string | null, Verdict>;

/**
 * Reads `done`, `again`, or lines `STEP: done` (`STEP on HOST: done` where hosts differ).
 * @throws ConfigurationError for anything else
 */
export function parseResolution(text: string): Resolution {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const found = new Map<string | null, Verdict>();
  for (const line of lines) {
    const [, name, verdict] = /^(?:(\S+(?: on \S+)?)\s*:\s*)?(done|again)$/.exec(line) ?? [];
    const key = name ?? null;
    if (verdict === undefined || found.has(key) || (key === null && lines.length > 1)) {
      throw new ConfigurationError(
        `the input resolve has ${JSON.stringify(line)}, expected done or again, or a line STEP: done for each step once`,
      );
    }
    found.set(key, verdict as Verdict);
  }
  return found;
}

/** A word as a person said it. */
export interface Word {
  /** The name before the colon; null of `done` or `again` alone. */
  readonly about: string | null;
  readonly verdict: Verdict;
}

/** What a person said of one step on one host, or undefined. @param only is it the only one that waits? */
export function wordOn(
  resolution: Resolution,
  { name, host }: { readonly name: string; readonly host: string },
  only: boolean,
): Word | undefined {
  const names = [`${name} on ${host}`, name, ...(only ? [null] : [])];
  return names
    .map((about) => ({ about, verdict: resolution.get(about) }))
    .find((word): word is Word => word.verdict !== undefined);
}

/** The word as it stands in the input. */
export function textOfWord({ about, verdict }: Word): string {
  return about === null ? verdict : `${about}: ${verdict}`;
}
