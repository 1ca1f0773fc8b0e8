import { readFileSync } from 'node:fs';
import type { SshAuth } from '../adapters/ssh-target.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { inputs, secretInput } from './inputs.ts';
import { accepted, days, required, type Values } from './values.ts';

/** What all steps of a job share: given to the root action or to `connect`, which hands it on. */
export interface Connection {
  readonly plan: string;
  readonly inventory: string;
  /** The text of a known_hosts file. */
  readonly knownHosts: string;
  readonly auth: SshAuth;
  readonly dumps: DumpPlace;
}

/** How dumps leave the runner, and where they go. */
export interface DumpPlace {
  /** Age recipients, one a line, as given. */
  readonly encryptTo: string;
  readonly acceptUnencrypted: boolean;
  /** Empty where the artifact service takes them. */
  readonly directory: string;
  readonly retentionDays: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What of a connection is handed on as it is; nothing of it is secret. */
const HANDED_ON = [
  'plan',
  'inventory',
  'encrypt-to',
  'unencrypted-dumps',
  'dumps-directory',
  'retention-days',
] as const;

/**
 * The connection as the inputs of this step have it.
 * @throws ConfigurationError naming the input, what was found and what was expected
 */
export function connectionOfInputs(env: Environment = process.env): Connection {
  const privateKey = secretInput('ssh-key');
  const passphrase = secretInput('ssh-key-passphrase');
  if (privateKey === undefined && passphrase !== undefined) {
    throw new ConfigurationError(
      `${inputs.call('ssh-key-passphrase')} is given, and ${inputs.call('ssh-key')} is not: give the key that it opens, or neither`,
    );
  }
  const auth =
    privateKey === undefined
      ? agentOf(env)
      : { privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
  return { ...shared(inputs), knownHosts: inputs.get('known-hosts'), auth };
}

/**
 * The connection as `connect` has handed it to the later steps of its job.
 * @throws ConfigurationError when it did not run
 */
export function connectionOfJob(env: Environment = process.env): Connection {
  const file = env[variableOf('known-hosts')];
  if (file === undefined || file === '') {
    throw new ConfigurationError(
      'this job is not connected: run the action connect in it before this one, in every job anew',
    );
  }
  const values: Values = { get: (name) => env[variableOf(name)] ?? '', call: variableOf };
  return { ...shared(values), knownHosts: readFileSync(file, 'utf8'), auth: agentOf(env) };
}

/** The environment in which later steps of the job find the connection; known_hosts lies in a file. */
export function handedOn(knownHostsFile: string): Record<string, string> {
  const values = HANDED_ON.map((name) => [variableOf(name), inputs.get(name)]);
  return { ...Object.fromEntries(values), [variableOf('known-hosts')]: knownHostsFile };
}

function shared(values: Values): Pick<Connection, 'plan' | 'inventory' | 'dumps'> {
  return {
    plan: required(values, 'plan'),
    inventory: required(values, 'inventory'),
    dumps: dumpPlace(values),
  };
}

function dumpPlace(values: Values): DumpPlace {
  const place = {
    encryptTo: values.get('encrypt-to'),
    acceptUnencrypted: accepted(values, 'unencrypted-dumps'),
    directory: values.get('dumps-directory'),
    retentionDays: days(values, 'retention-days'),
  };
  if (place.acceptUnencrypted && place.encryptTo !== '') {
    throw new ConfigurationError(
      `${values.call('unencrypted-dumps')} is "accept", and ${values.call('encrypt-to')} is given: they contradict each other, set one of them`,
    );
  }
  if (place.retentionDays !== undefined && place.directory !== '') {
    throw new ConfigurationError(
      `${values.call('retention-days')} is given, and ${values.call('dumps-directory')} too: what lies in a folder is never deleted`,
    );
  }
  return place;
}

function agentOf({ SSH_AUTH_SOCK: agent }: Environment): SshAuth {
  return agent === undefined || agent === '' ? {} : { agent };
}

/** As `SYNNEFO_UPGRADE_KNOWN_HOSTS`. */
function variableOf(name: string): string {
  return `SYNNEFO_UPGRADE_${name.replaceAll('-', '_').toUpperCase()}`;
}
