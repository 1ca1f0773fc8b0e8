import type { z } from 'zod';
import { suggestion } from '../domain/nearest.ts';
import { printable } from '../domain/problem.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

const UNITS: Record<string, string> = { array: ' entries', string: ' characters' };

/** Zod's error map: what was expected, where a schema has no words of its own. */
export function expectation(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeExpectation(issue.expected, issue.input);
    case 'invalid_value':
      return oneOf(
        issue.values.map((value) => String(value)),
        issue.input,
      );
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    default:
      return 'something else';
  }
}

/** `a, b or c`, and which of them was probably meant. */
function oneOf(values: readonly string[], input: unknown): string {
  const last = values.at(-1) ?? '';
  const words = values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : last;
  return typeof input === 'string' ? words + suggestion(input, values) : words;
}

function typeExpectation(expected: string, input: unknown): string {
  const wanted = TYPES[expected] ?? expected;
  const quotes = expected === 'string' && ['number', 'boolean'].includes(typeof input);
  return quotes ? `${wanted}: put it in quotes` : wanted;
}

/** What was found, as one harmless line. */
export function found(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'an empty value';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  return typeof value === 'object' ? 'a map' : printable(value);
}
