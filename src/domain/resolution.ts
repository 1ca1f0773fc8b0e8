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

/** What a person said of one step on one host, or undefined. @param only is it the only one that waits? */
export function verdictOn(
  resolution: Resolution,
  { name, host }: { readonly name: string; readonly host: string },
  only: boolean,
): Verdict | undefined {
  return (
    resolution.get(`${name} on ${host}`) ?? resolution.get(name) ?? (only ? resolution.get(null) : undefined)
  );
}
