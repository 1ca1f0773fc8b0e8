import { UpgradeError } from '../domain/errors.ts';
import type { Held, OpenStep } from '../domain/held.ts';
import type { HostJournal } from '../domain/journal.ts';
import { describeOwner } from '../domain/lock.ts';
import type { Runner } from '../executor/ask.ts';
import { readJournals } from '../executor/journal.ts';
import { releaseAll } from '../executor/lock.ts';

/** Looks who holds the locks of all hosts, and what is unfinished. Changes nothing. */
export async function whoHolds(runner: Runner): Promise<Held> {
  const journals = await readJournals(runner);
  const [first] = journals.values();
  return {
    locks: [...journals].flatMap(([host, { lock }]) =>
      lock === null
        ? []
        : [{ host, id: lock.id, owner: describeOwner(lock.id, lock.owner), since: lock.owner.since }],
    ),
    upgrade: first?.current ?? null,
    open: [...journals].flatMap(([host, journal]) => openSteps(host, journal)),
  };
}

function openSteps(host: string, { steps }: HostJournal): OpenStep[] {
  return [...steps].flatMap(([id, { state }]) => {
    if (state.kind !== 'ended') {
      return [{ host, id, state: state.kind }];
    }
    return state.rc === 0 ? [] : [{ host, id, state: `ended with exit code ${state.rc}` }];
  });
}

/**
 * Gives back a lock that a person names. The unfinished upgrade stays as it is.
 * @param dryRun only looks whether it is there
 * @throws UpgradeError when no host has it, and when a step still runs under it
 */
export async function unlock(runner: Runner, { locks }: Held, id: string, dryRun: boolean): Promise<void> {
  if (!locks.some((lock) => lock.id === id)) {
    throw new UpgradeError(`no host holds the lock ${id}`, {
      output: locks.map(({ host, owner }) => `${host}: ${owner}`).join('\n'),
      state: 'Nothing was changed.',
      next: 'Give the id of a lock that is there, or none to look only.',
    });
  }
  const busy = dryRun ? [] : await releaseAll(runner, { id, epochs: new Map() });
  if (busy.length > 0) {
    throw new UpgradeError(`the lock ${id} stays, since steps still run under it`, {
      output: busy.join('\n'),
      state: 'The other hosts were released; the first one, which decides, was not.',
      next: 'Wait until they have ended, and run again. With the same plan, a run of its own follows them.',
    });
  }
}
