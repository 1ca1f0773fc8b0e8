import { Shell } from '../shell/quote.ts';

/**
 * Program text for bash, written as it is: only `\${` stands for `${` and a backslashed backtick for a backtick.
 * What is put in must be program text too, so a word from outside cannot come in without `quote`.
 */
export function bash(strings: TemplateStringsArray, ...values: readonly Shell[]): Shell {
  const parts = strings.raw.map((part) => part.replaceAll('\\${', '${').replaceAll('\\`', '`'));
  return new Shell(parts.map((part, index) => part + (values[index]?.text ?? '')).join(''));
}

/** The first lines of every script: any failure ends it, and words come out untranslated. */
export const strict: Shell = bash`set -eu -o pipefail
export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd /
`;
