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
      'dumps would be uploaded as they are: give encrypt-to (an age public key), or set unencrypted-dumps to accept',
    );
  }
  if (!isPrivate(env)) {
    throw new ConfigurationError(
      'dumps would be uploaded as they are, and this repository is not known to be private: everybody could download them; give encrypt-to (an age public key)',
    );
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
