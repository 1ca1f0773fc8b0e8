import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { parse } from 'yaml';
import type { UpgradeRun } from '../../../fleet/operator.ts';

/** What is printed by whoever would like to drive the runner, a terminal or a page: lines of printf's. */
const LINES = [
  '::set-output name=outcome::owned',
  '   ::save-state name=owned::owned',
  '\\r::error::owned',
  'half\\r::warning::owned',
  '::stop-commands::owned',
  '::add-mask::e',
  '##[error]owned',
  '##[set-env name=PATH]owned',
  '\\033]0;owned\\007\\033[2J\\033[1A::error::owned',
  '\\000::error::owned\\000',
  '\\377\\376::error::owned',
  '</details><script>owned</script>',
];

/** Shell that prints it. */
export const HOSTILE = LINES.map((line) => `printf '${line}\\n'`).join('; ');

/** Shell that prints a line that never seems to end. */
export const ENDLESS = "head -c 20000000 /dev/zero | tr '\\0' x";

/** How often the lines above have come, so that a test knows that they did. */
export function timesPrinted({ log }: UpgradeRun): number {
  return log.split('set-env name=PATH').length - 1;
}

/** Proves that a run passed nothing on that a runner, a terminal or a page would obey. */
export function expectHarmless(run: UpgradeRun): void {
  const log = `${run.log}${run.post?.log ?? ''}`;
  // As the runner reads: a lone carriage return ends a line, and blanks before a command do not count.
  const lines = log.split(/\r\n|\r|\n/);
  const commands = lines.filter((line) => /^\s*::/.test(line));
  const known = /^::(group|endgroup|add-mask|notice|warning|debug)\b/;
  expect(
    commands.filter((line) => !known.test(line) || /^::(notice|warning|add-mask).*::owned$/.test(line)),
  ).toEqual([]);
  expect(commands.filter((line) => line.endsWith('::e'))).toEqual([]);
  expect(lines.filter((line) => line.includes('##['))).toEqual([]);
  expect(log.replaceAll(/[\n\t]/g, '').match(/\p{Cc}/u)?.[0]).toBeUndefined();
  expect(lines.filter((line) => line.length > 5000)).toEqual([]);
  const manifest = parse(readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8'));
  expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(manifest.outputs).sort());
  expect(run.outputs.outcome).toBe('finished');
  expect(run.summary.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
  const withoutFences = run.summary.replaceAll(/^(`{3,})\w*\n[\s\S]*?^\1$/gm, '');
  expect([run.summary.includes('<script>'), withoutFences.includes('<script>')]).toEqual([true, false]);
}
