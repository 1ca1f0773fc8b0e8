import { expect } from '@jest/globals';
import type { UpgradeRun } from '../../../fleet/operator.ts';
import { OUTCOME_TITLES } from '../../../src/report/outcome.ts';
import { errorsIn, expectOutcome } from './run-log.ts';

/** What a failed run has to say. */
export interface Told {
  readonly outcome: 'refused' | 'abandoned' | 'unfinished';
  readonly what: RegExp;
  /** Null where no host is to blame. */
  readonly host: string | null;
  readonly command?: RegExp;
  readonly output?: RegExp;
  readonly state: RegExp;
  readonly next: RegExp;
}

/**
 * Holds a failed run against what a person needs at night: exit code 1, what failed, on which host, which command, what
 * it printed last, the state of things and what to do next, in the report, the log, the summary and the one annotation.
 */
export function expectTold(run: UpgradeRun, told: Told): void {
  expectOutcome(run, told.outcome);
  expect([run.code, run.signal, run.post?.code ?? 0]).toEqual([1, null, 0]);
  expect(errorsIn(run.post?.log ?? '')).toEqual([]);
  expect(run.report).toMatchObject({ outcome: told.outcome, failure: { host: told.host } });
  expectFields(run, told);
  const annotations = errorsIn(run.log);
  expect(annotations).toHaveLength(1);
  expectWords(unescapedCommand(annotations[0] ?? ''), told);
  expectWords(run.log.slice(0, run.log.lastIndexOf('::error')), told);
  const summary = plainText(run.summary);
  expect(summary.split('\n')[0]).toBe(`## ${run.report?.plan}: ${OUTCOME_TITLES[told.outcome]}`);
  expectWords(summary, told);
}

function expectFields({ report }: UpgradeRun, { what, command, output }: Told): void {
  expect(report?.failure?.what).toMatch(what);
  if (command !== undefined) {
    expect(report?.failure?.command).toMatch(command);
  }
  if (output !== undefined) {
    expect(report?.failure?.output).toMatch(output);
  }
}

function expectWords(text: string, { what, host, command, output, state, next }: Told): void {
  const words = [what, command, output, state, next].filter((pattern) => pattern !== undefined);
  expect(words.filter((pattern) => !pattern.test(text)).map(String)).toEqual([]);
  expect(text).toContain(host ?? '');
}

/** An annotation as a person reads it. */
function unescapedCommand(line: string): string {
  return line
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

/** A summary as a person reads it, without its Markdown. */
export function plainText(summary: string): string {
  return summary
    .replaceAll(/<br>\n?|<\/?(code|b|details|summary|wbr)>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
