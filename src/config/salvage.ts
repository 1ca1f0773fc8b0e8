import type { z } from 'zod';
import type { KeyPath, Problem } from '../domain/problem.ts';
import { expectation } from './expectations.ts';
import { flatten, problemsOf, valueAt } from './issues.ts';

/** What could be read of a file's value, so that one mistake hides no other. */
export interface Salvaged<T> {
  /** What is left without the wrong parts, or null when nothing is. */
  readonly value: T | null;
  readonly problems: Problem[];
  /** A path of `value` as a path of the file, where list entries before it were left out. */
  original(path: KeyPath): KeyPath;
}

/** Each round takes at least one value away, and a value is at most this deep. */
const ROUNDS = 50;

/**
 * Reads a value by a schema; where that fails, takes the wrong parts out and reads the rest.
 * The first round's problems are the file's, later ones only follow from what was taken out.
 */
export function salvage<S extends z.ZodType>(schema: S, root: unknown): Salvaged<z.output<S>> {
  const rest = structuredClone(root);
  const indices = new Map<unknown, number[]>();
  let problems: Problem[] | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const result = schema.safeParse(rest, { error: expectation });
    const original = (path: KeyPath) => originalPath(rest, indices, path);
    if (result.success) {
      return { value: result.data, problems: problems ?? [], original };
    }
    const issues = flatten(result.error.issues);
    problems ??= problemsOf(schema, root, issues);
    const doomed = issues.flatMap(partsOf).map((path) => existing(rest, path));
    if (doomed.some((path) => path.length === 0)) {
      return { value: null, problems, original };
    }
    removeAll(rest, doomed, indices);
  }
  return { value: null, problems: problems ?? [], original: (path) => path };
}

function partsOf(issue: z.core.$ZodIssue): KeyPath[] {
  const path = issue.path as KeyPath;
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

/** What is missing can't be taken out: what it is missing from goes. */
function existing(root: unknown, path: KeyPath): KeyPath {
  return path.length === 0 || valueAt(root, path) !== undefined ? path : path.slice(0, -1);
}

/** From the back, so that the indices of what is still to go stay true. */
function removeAll(root: unknown, paths: readonly KeyPath[], indices: Map<unknown, number[]>): void {
  const unique = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
  for (const path of unique.toSorted((left, right) => comparePaths(right, left))) {
    const [parent, last] = [valueAt(root, path.slice(0, -1)), path.at(-1)];
    if (Array.isArray(parent) && typeof last === 'number') {
      const kept = indices.get(parent) ?? [...parent.keys()];
      kept.splice(last, 1);
      indices.set(parent, kept);
      parent.splice(last, 1);
    } else if (typeof parent === 'object' && parent !== null && last !== undefined) {
      delete (parent as Record<string, unknown>)[last];
    }
  }
}

function comparePaths(left: KeyPath, right: KeyPath): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) {
      return 1;
    }
    if (part !== other) {
      return typeof part === 'number' && typeof other === 'number'
        ? part - other
        : String(part) < String(other)
          ? -1
          : 1;
    }
  }
  return left.length - right.length;
}

function originalPath(root: unknown, indices: ReadonlyMap<unknown, number[]>, path: KeyPath): KeyPath {
  return path.map((part, index) => {
    const parent = valueAt(root, path.slice(0, index));
    return typeof part === 'number' ? (indices.get(parent)?.[part] ?? part) : part;
  });
}
