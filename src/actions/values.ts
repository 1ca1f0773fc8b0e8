import { ConfigurationError } from '../domain/errors.ts';

/** Where values come from: a step's inputs, or what an earlier step of the job left in the environment. */
export interface Values {
  /** The text of a value, without white space around it; empty where it is not set. */
  get(name: string): string;
  /** How an error calls it, as `the input plan`. */
  call(name: string): string;
}

/** @throws ConfigurationError where it is empty */
export function required(values: Values, name: string): string {
  const value = values.get(name);
  if (value === '') {
    throw new ConfigurationError(`${values.call(name)} is missing`);
  }
  return value;
}

/** True or false in YAML's words; false where it is empty. @throws ConfigurationError for anything else */
export function flag(values: Values, name: string): boolean {
  const value = values.get(name);
  if (!/^(|true|True|TRUE|false|False|FALSE)$/.test(value)) {
    throw wrong(values, name, 'true or false');
  }
  return value.toLowerCase() === 'true';
}

/** The digest of a plan, or null where it is empty. @throws ConfigurationError for anything else */
export function digest(values: Values, name: string): string | null {
  const value = values.get(name);
  if (!/^([0-9a-f]{64})?$/.test(value)) {
    throw wrong(values, name, 'the output plan-digest of the action plan: 64 hexadecimal digits');
  }
  return value === '' ? null : value;
}

/** @throws ConfigurationError for anything but `accept` and nothing */
export function accepted(values: Values, name: string): boolean {
  if (!['', 'accept'].includes(values.get(name))) {
    throw wrong(values, name, 'accept or nothing');
  }
  return values.get(name) === 'accept';
}

/** @throws ConfigurationError for anything but a number of days, and nothing */
export function days(values: Values, name: string): number | undefined {
  const value = values.get(name);
  if (!/^([1-9]\d{0,2})?$/.test(value)) {
    throw wrong(values, name, 'a number of days, 1 to 999');
  }
  return value === '' ? undefined : Number(value);
}

/** One of the words. @throws ConfigurationError for anything else */
export function oneOf<T extends string>(values: Values, name: string, words: readonly T[]): T {
  const value = required(values, name);
  const found = words.find((word) => word === value);
  if (found === undefined) {
    throw wrong(values, name, `one of ${words.join(', ')}`);
  }
  return found;
}

/** The parts between commas and line ends, without empty ones. */
export function list(values: Values, name: string): string[] {
  return values
    .get(name)
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wrong(values: Values, name: string, expected: string): ConfigurationError {
  const found = JSON.stringify(values.get(name));
  return new ConfigurationError(`${values.call(name)} is ${found}, expected ${expected}`);
}
