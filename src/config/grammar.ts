import { z } from 'zod';
import { parseRange } from '../domain/version-range.ts';

/** In every schema of this folder, an error's text is what was *expected*; what was found is put before it. */

/** One line: no control character, and none that turns the direction of text around. */
export const line = () =>
  text(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u, 'one line of text without control characters');

/** Lines and tabs, and no other control character. */
export const content = () =>
  text(
    /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*(?:[\n\t][^\p{Cc}\u202a-\u202e\u2066-\u2069]*)*$/u,
    'text without NUL, carriage returns and other control characters',
  );

/** What bash runs. */
export const script = () => content().min(1);

function text(pattern: RegExp, expected: string) {
  return z.string().regex(pattern, { error: expected });
}

/** deb-control(5), field Package. */
export const packageName = () =>
  text(/^[a-z0-9][a-z0-9+.-]{1,127}$/, 'a package name: lower-case letters, digits and + - .');

export const packagePattern = () =>
  text(/^[a-z0-9*?][a-z0-9+.*?-]{0,127}$/, 'a package name, or one with the wildcards * and ?');

/** What both `systemctl` and `service` take. */
export const serviceName = () =>
  text(
    /^(?!.*\.service$)[A-Za-z][A-Za-z0-9:_.@-]{0,127}$/,
    'a service name as `service` takes it, without .service: letters, digits and : _ . @ -',
  );

/** A name that this file gives: of a role or a database. */
export const ownName = () =>
  text(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'a name: a letter, then letters, digits, - and _');

/**
 * RFC 1123, with the underscores that inner zones have. A number alone is left out: as a key it would come
 * first, whatever the file's order.
 */
export const HOST_NAME =
  /^(?=.{1,253}$)(?=.*[A-Za-z.])[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;

export const hostName = () => text(HOST_NAME, 'a host name: letters, digits, - . and _, not a number alone');

/** useradd(8), with the upper case and dots that directories bring. */
export const userName = () =>
  text(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'a user or group name: letters, digits, - . and _');

/** POSIX. */
export const variableName = () =>
  text(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'the name of an environment variable: letters, digits and _');

/** The runner's own variables hold tokens and inputs that no plan may send to a host. */
export const secretName = () =>
  text(
    /^(?!(?:ACTIONS|GITHUB|RUNNER|INPUT)_)[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    'the name of an environment variable that holds a secret, not one of ACTIONS_*, GITHUB_*, RUNNER_* and INPUT_*',
  );

export const port = () => z.int().min(1).max(65535);

/** A week is longer than any step; more would overflow a timer. */
export const seconds = () => z.number().positive().max(604_800);

export const absolutePath = () =>
  text(
    /^(?!.*\/(?:\.{1,2})?(?:\/|$))\/[^\p{Cc}\p{Zl}\p{Zp}]+$/u,
    'an absolute path without . and .. and double or trailing slashes',
  );

export const insidePath = () =>
  text(
    /^(?!\/)(?!(?:.*\/)?\.{0,2}(?:\/|$))[^\p{Cc}\p{Zl}\p{Zp}\\]+$/u,
    "a path relative to the plan's folder, without . and ..",
  );

/** Says which lines of a command's output count. */
export const linePattern = () => z.string().min(1).refine(isRegExp, { error: 'a regular expression' });

export const range = () =>
  z
    .string()
    .refine(isRange, { error: RANGE })
    .meta({ examples: ['>= 0.16~, < 0.17~'] });

export const rangeOrAny = () =>
  z
    .string()
    .refine((value) => value === 'any' || isRange(value), { error: `${RANGE}, or any` })
    .meta({ examples: ['>= 0.16~, < 0.17~', 'any'] });

/** What becomes of an interrupted migration. */
export const repeat = () => z.enum(['safe', 'restore-first']);

const RANGE = 'versions such as ">= 0.15, < 0.16~" (>= <= < > =, comma for and)';

export const list = <T extends z.ZodType>(entry: T) => z.array(entry).max(1000);

function isRange(value: string): boolean {
  try {
    return parseRange(value).length > 0;
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}

function isRegExp(value: string): boolean {
  try {
    return new RegExp(value) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}
