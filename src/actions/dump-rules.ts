import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../domain/errors.ts';
import type { DumpStore } from '../ports.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A dump is a secret, and whoever can read a repository can download its artifacts: without encryption it is
 * uploaded only when that was asked for, and never in a public repository.
 * @throws ConfigurationError saying what to set
 */
export function refuseOpenDumps(
  store: DumpStore,
  recipients: readonly string[],
  accepted: boolean,
  env: Environment,
): void {
  if (store.kind !== 'artifact' || recipients.length > 0) {
    return;
  }
  if (!accepted) {
    throw new ConfigurationError(
      'dumps would be uploaded as they are: give encrypt-to (an age public key; the workflows read the variable AGE_RECIPIENT), or set unencrypted-dumps to accept',
    );
  }
  if (!isPrivate(env)) {
    throw new ConfigurationError(
      'dumps would be uploaded as they are, and this repository is not known to be private: everybody could download them; give encrypt-to (an age public key; the workflows read the variable AGE_RECIPIENT)',
    );
  }
}

/**
 * What a dry run says where the run itself would be refused.
 * @param check throws ConfigurationError where it would be
 */
export function foreseenRefusals(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    return [`a run that is given what this dry run is given would be refused: ${error.message}`];
  }
}

/** The event that started the run says of which kind its repository is; silence counts as public. */
export function isPrivate({ GITHUB_EVENT_PATH: path }: Environment): boolean {
  if (path === undefined || path === '') {
    return false;
  }
  const event = JSON.parse(readFileSync(path, 'utf8')) as {
    repository?: { private?: unknown; visibility?: unknown };
  };
  const { private: hidden, visibility } = event.repository ?? {};
  return (
    hidden === true && (visibility === undefined || visibility === 'private' || visibility === 'internal')
  );
}
