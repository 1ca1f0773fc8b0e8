import { blocks, list } from './blocks.ts';
import { code, md } from './markdown.ts';

/** What a job's summary says at its end when steps of a run that is over still run, so that its lock stays. */
export function renderLockStays(steps: readonly string[]): string {
  // Below whatever a main step of the same file wrote.
  return `\n${
    blocks(
      md`### The lock stays`,
      md`These steps still run on their hosts, so the lock of this run was not given back:`,
      list(steps.map((step) => md`${code(step)}`)),
      md`Run this run again: its next attempt follows them to their end and goes on. Another run is refused meanwhile.`,
    ).text
  }\n`;
}
