import { getInput } from '@actions/core';
import { Secret } from '../shell/secret.ts';
import type { Values } from './values.ts';

/** The inputs of this step, as the runner gives them. */
export const inputs: Values = {
  get: (name) => getInput(name),
  call: (name) => `the input ${name}`,
};

/** A secret input with the white space that belongs to it, or undefined where it is empty. */
export function secretInput(name: string): Secret | undefined {
  const value = getInput(name, { trimWhitespace: false });
  return value.trim() === '' ? undefined : new Secret(name, value);
}
