import type { z } from 'zod';
import { ConfigurationError, type Mistake } from '../domain/errors.ts';
import { type KeyPath, type Problem, printable } from '../domain/problem.ts';
import { salvage } from './salvage.ts';
import { readYaml } from './yaml-file.ts';

/** A file as far as it could be read; mistakes are gathered until all files were looked at. */
export interface Draft<T> {
  /** The file's name for people. */
  readonly file: string;
  /** The value as the file has it, unchecked. */
  readonly raw: unknown;
  readonly value: T | null;
  readonly mistakes: readonly Mistake[];
  /** Gives a problem of `value` its place in the file. */
  place(problem: Problem): Mistake;
}

/** Reads a file's text by its schema. */
export function draftOf<S extends z.ZodType, T>(
  text: string,
  file: string,
  schema: S,
  normalise: (value: z.output<S>) => T,
): Draft<T> {
  const yaml = readYaml(text, file);
  if (yaml.value === null) {
    return { file, raw: null, value: null, mistakes: yaml.mistakes, place: yaml.locate };
  }
  const { value, problems, original } = salvage(schema, yaml.value.root);
  const place = (problem: Problem): Mistake =>
    yaml.locate({ ...problem, path: original(problem.path) as KeyPath });
  return {
    file,
    raw: yaml.value.root,
    value: value === null ? null : normalise(value),
    mistakes: [...yaml.mistakes, ...problems.map(yaml.locate)],
    place,
  };
}

/** A file that could not even be read. */
export function unreadable<T>(file: string, message: string): Draft<T> {
  const name = printable(file).slice(1, -1);
  const mistake: Mistake = { file: name, line: 1, column: 1, path: '', message };
  return { file: name, raw: null, value: null, mistakes: [mistake], place: () => mistake };
}

/** More than this at once helps nobody. */
const MOST_MISTAKES = 100;

/**
 * The values, when nothing is wrong with any of the files.
 * @throws ConfigurationError with all mistakes, in the order of the files and their lines
 */
export function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) {
    return;
  }
  const files = [...new Set(mistakes.map(({ file }) => file))];
  const sorted = files.flatMap((file) =>
    mistakes.filter((mistake) => mistake.file === file).toSorted(byPlace),
  );
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  const more = mistakes.length > MOST_MISTAKES ? ` (the first ${MOST_MISTAKES})` : '';
  throw new ConfigurationError(
    `found ${count} in ${files.join(' and ')}${more}`,
    sorted.slice(0, MOST_MISTAKES),
  );
}

function byPlace(left: Mistake, right: Mistake): number {
  return left.line - right.line || left.column - right.column;
}
