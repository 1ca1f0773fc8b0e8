import { UpgradeError } from '../domain/errors.ts';

/**
 * Refuses before anything was changed.
 * @param what what cannot be done
 * @param refusals why, each in words that begin with its host
 * @param hosts all there are
 * @throws UpgradeError unless there is nothing to refuse for
 */
export function refuse(what: string, refusals: readonly string[], hosts: Iterable<string>): void {
  if (refusals.length === 0) {
    return;
  }
  const named = [...hosts].filter((host) => refusals.some((refusal) => refusal.startsWith(`${host}: `)));
  throw new UpgradeError(`${what}: ${refusals.join('\n')}`, {
    host: named.length === 0 ? null : named.join(', '),
    state: 'Nothing was changed.',
    next: 'Mend what is named, on the hosts, in the repository or in the files, and run the same again.',
  });
}
