import { getBooleanInput, getInput, getMultilineInput } from '@actions/core';
import { ConfigurationError } from '../domain/errors.ts';
import { Secret } from '../shell/secret.ts';

/** The inputs of the root action; an empty one is `undefined` from here on. */
export interface Inputs {
  readonly plan: string;
  readonly inventory: string;
  readonly sshKey: Secret | undefined;
  readonly sshKeyPassphrase: Secret | undefined;
  readonly knownHosts: string;
  /** Age recipients, one a line, as given. */
  readonly encryptTo: string;
  readonly acceptUnencrypted: boolean;
  readonly dumpsDirectory: string;
  readonly retentionDays: number | undefined;
  readonly dryRun: boolean;
  readonly forceUnlock: string | null;
  readonly githubToken: Secret | undefined;
}

/**
 * Reads the inputs from the runner.
 * @throws ConfigurationError naming the input, what was found and what was expected
 */
export function readInputs(): Inputs {
  return {
    plan: required('plan'),
    inventory: required('inventory'),
    sshKey: secret('ssh-key'),
    sshKeyPassphrase: secret('ssh-key-passphrase'),
    knownHosts: getMultilineInput('known-hosts').join('\n'),
    encryptTo: getMultilineInput('encrypt-to').join('\n'),
    acceptUnencrypted: accept('unencrypted-dumps'),
    dumpsDirectory: getInput('dumps-directory'),
    retentionDays: days('retention-days'),
    dryRun: flag('dry-run'),
    forceUnlock: getInput('force-unlock') || null,
    githubToken: secret('github-token'),
  };
}

function required(name: string): string {
  const value = getInput(name);
  if (value === '') {
    throw new ConfigurationError(`the input ${name} is missing`);
  }
  return value;
}

function secret(name: string): Secret | undefined {
  const value = getInput(name, { trimWhitespace: false });
  return value.trim() === '' ? undefined : new Secret(name, value);
}

function flag(name: string): boolean {
  if (getInput(name) === '') {
    return false;
  }
  try {
    return getBooleanInput(name);
  } catch (error) {
    throw new ConfigurationError(
      `the input ${name} is ${JSON.stringify(getInput(name))}, expected true or false`,
      [],
      {
        cause: error,
      },
    );
  }
}

function accept(name: string): boolean {
  const value = getInput(name);
  if (value !== '' && value !== 'accept') {
    throw new ConfigurationError(`the input ${name} is ${JSON.stringify(value)}, expected accept or nothing`);
  }
  return value === 'accept';
}

function days(name: string): number | undefined {
  const value = getInput(name);
  if (value === '') {
    return undefined;
  }
  if (!/^[1-9]\d{0,2}$/.test(value)) {
    throw new ConfigurationError(
      `the input ${name} is ${JSON.stringify(value)}, expected a number of days, 1 to 999`,
    );
  }
  return Number(value);
}
