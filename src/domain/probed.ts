import type { ProbedCheck, ProbeReport } from './report.ts';

/** An answer to a health check that is another one than before, or the first; milliseconds since 1970. */
export interface ProbedAnswer {
  readonly at: number;
  readonly good: boolean;
}

/** Milliseconds before the first stop in which a bad answer may be its doing: clocks differ, and asking takes time. */
const LEEWAY = 1000;

/**
 * What the answers to one check tell.
 * @param stopped when the first service was stopped; null when none was
 */
export function seenOf(
  answers: readonly ProbedAnswer[],
  stopped: number | null,
): Pick<ProbedCheck, 'before' | 'bad' | 'goodAgain'> {
  const until = stopped ?? Number.POSITIVE_INFINITY;
  const before =
    answers.findLast(({ at }) => at <= until - LEEWAY) ?? answers.slice(0, 1).find(({ at }) => at <= until);
  const bad = answers.find(({ good }, index) => !good && answers[index - 1]?.good === true);
  const last = answers.at(-1);
  const wasBad = answers.some(({ good }) => !good);
  return {
    before: before === undefined ? 'unknown' : before.good ? 'good' : 'bad',
    bad: bad?.at ?? null,
    goodAgain: wasBad && last?.good === true ? last.at : null,
  };
}

/** The outage of all checks that were good before it. */
export function probeReport(checks: readonly ProbedCheck[]): ProbeReport {
  const hit = checks.filter(({ before, bad }) => before === 'good' && bad !== null);
  const began = Math.min(...hit.map(({ bad }) => bad ?? 0));
  const ends = hit.map(({ goodAgain }) => goodAgain);
  const known = ends.filter((end) => end !== null);
  const seconds = hit.length === 0 || known.length < ends.length ? null : (Math.max(...known) - began) / 1000;
  return { seconds, checks };
}
