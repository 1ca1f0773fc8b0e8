import type { z } from 'zod';
import { suggestion } from '../domain/nearest.ts';
import { type KeyPath, type Problem, printable, wrong, wrongKey } from '../domain/problem.ts';
import { found } from './expectations.ts';
import { knownKeys } from './known-keys.ts';

type Issue = z.core.$ZodIssue;

/** What zod found in a value, as problems that say what was found and what was expected. */
export function problemsOf(schema: z.ZodType, root: unknown, issues: readonly Issue[]): Problem[] {
  return flatten(issues).flatMap((issue) => {
    const path = issue.path as KeyPath;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(schema, path, key));
    }
    if (issue.code === 'invalid_key') {
      const key = printable(path.at(-1));
      return [wrongKey(path, `found the key ${key}, expected ${issue.issues[0]?.message ?? ''}`)];
    }
    const value = valueAt(root, path);
    const problem = value === undefined ? wrongKey : wrong;
    return [problem(path, `found ${found(value)}, expected ${issue.message}`)];
  });
}

/** Puts the issues of the alternative that was probably meant in the place of "none of them". */
export function flatten(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
      return [issue];
    }
    const branches = issue.errors.map((errors) => flatten(errors as Issue[]));
    const ofType = branches.filter((branch) => !branch.some(isWrongType));
    if (ofType.length === 0) {
      const expected = [...new Set(branches.flatMap((branch) => branch.map(({ message }) => message)))];
      return [{ ...issue, errors: [], message: expected.join(', or ') }];
    }
    const [best] = ofType.toSorted((left, right) => cost(left) - cost(right));
    return (best ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });
}

function isWrongType(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

function cost(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function unknownKey(schema: z.ZodType, path: KeyPath, key: string): Problem {
  const known = knownKeys(schema, path);
  const near = suggestion(key, known);
  const hint =
    near === '' ? `, expected ${known.length === 0 ? 'none' : `one of ${known.join(', ')}`}` : near;
  return wrongKey([...path, key], `found the unknown key ${printable(key)}${hint}`);
}

/** The value at a path, or undefined. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    root,
  );
}
