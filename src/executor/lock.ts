import { EXIT } from '../commands/host-library.ts';
import { acquireLock, releaseLock } from '../commands/lock.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { HostJournal } from '../domain/journal.ts';
import { describeOwner, type HeldLock, type Owner, parseOwner } from '../domain/lock.ts';
import { ask, commandFailed, type Runner } from './ask.ts';
import { forEachParallel } from './pool.ts';
import { foldersIn, type Takeover, whyNotFree } from './takeover.ts';

/**
 * Takes the lock of every host: of the first one first, since it decides, then of the others at once. When one of
 * them refuses, those that were taken are given back.
 * @throws UpgradeError naming who holds it, and how to take it over
 */
export async function acquireAll(
  runner: Runner,
  id: string,
  owner: Owner,
  takeover: Takeover,
): Promise<HeldLock> {
  const epochs = new Map<string, number>();
  // What was proved of a lock on one host holds on all.
  const free = new Set(takeover.force === null ? [] : [takeover.force]);
  const claim = { id, owner, takeover, free };
  const [first = '', ...others] = runner.hosts.keys();
  const lock = await acquire(runner, first, claim);
  epochs.set(first, lock.epoch);
  try {
    await forEachParallel(others, async (host) => {
      epochs.set(host, (await acquire(runner, host, { ...claim, id: lock.id })).epoch);
    });
  } catch (error) {
    await releaseAll(runner, { id: lock.id, epochs }).catch((problem: unknown) =>
      runner.log.warning(String(problem)),
    );
    throw error;
  }
  return { id: lock.id, epochs };
}

/** What is wanted, by whom, and which locks may be taken over for it. */
interface Claim {
  readonly id: string;
  readonly owner: Owner;
  readonly takeover: Takeover;
  /** Ids of locks of which that is known. */
  readonly free: Set<string>;
}

async function acquire(
  runner: Runner,
  host: string,
  { id, owner, takeover, free }: Claim,
): Promise<{ id: string; epoch: number }> {
  const taken = await tryAcquire(runner, host, id, owner, null);
  if (!('holder' in taken)) {
    return taken;
  }
  if (!free.has(taken.held)) {
    const why = await whyNotFree(runner, await takeover.fateOf(taken.holder));
    if (why !== null) {
      throw heldByAnother(host, taken.held, taken.holder, why, takeover.force);
    }
    free.add(taken.held);
  }
  runner.log.notice(`${host}: taking over the lock of ${describeOwner(taken.held, taken.holder)}`);
  const again = await tryAcquire(runner, host, id, owner, taken.held);
  if ('holder' in again) {
    throw heldByAnother(host, again.held, again.holder, 'it was taken at this moment', takeover.force);
  }
  return again;
}

type Attempt =
  | { readonly id: string; readonly epoch: number }
  | { readonly held: string; readonly holder: Owner };

async function tryAcquire(
  runner: Runner,
  host: string,
  id: string,
  owner: Owner,
  take: string | null,
): Promise<Attempt> {
  const command = acquireLock(id, owner, take);
  const result = await ask(runner, host, command);
  const [first = '', second = ''] = result.stdout.split('\n');
  if (result.code === EXIT.held) {
    return { held: first, holder: parseOwner(second) };
  }
  if (result.code !== 0 || !/^\d+$/.test(second)) {
    throw commandFailed(host, command.title, result);
  }
  return { id: first, epoch: Number(second) };
}

function heldByAnother(
  host: string,
  id: string,
  holder: Owner,
  why: string,
  force: string | null,
): UpgradeError {
  const named = force === null || force === id ? '' : `; the input force-unlock names another one, ${force}`;
  return new UpgradeError(
    `${host}: the lock is held by ${describeOwner(id, holder)}${named}\nIt is not taken over: ${why}.`,
    {
      host,
      command: 'take the lock',
      state: 'Nothing was changed by this run.',
      next: `Wait until that run is over. If it is known to be gone for good, run again with the input force-unlock: ${id}`,
    },
  );
}

/**
 * Gives the lock of every host back, the first host's last. Where a step of ours still runs the lock stays, and where
 * somebody has taken it since, it is theirs.
 * @param epochs those in which it was taken, as far as they are known
 * @returns the steps that still run, as `host: folder`
 */
export async function releaseAll(runner: Runner, { id, epochs }: HeldLock): Promise<string[]> {
  const [first = '', ...others] = runner.hosts.keys();
  const busy: string[] = [];
  const release = async (host: string): Promise<void> => {
    const command = releaseLock(id, epochs.get(host) ?? null);
    const result = await ask(runner, host, command);
    if (result.code === EXIT.busy) {
      busy.push(...foldersIn(host, result.stdout));
    } else if (result.code !== 0) {
      throw commandFailed(host, command.title, result);
    } else if (result.stdout.trim() !== '') {
      runner.log.warning(`${host}: policy-rc.d stays: ${result.stdout.trim()}`);
    }
  };
  await forEachParallel(others, release);
  if (busy.length === 0) {
    await release(first);
  }
  return busy;
}

/**
 * Gives back the lock that an owner still holds anywhere, by the journals as they were read.
 * @param epochs those in which it was taken, as far as they are known: a later one is another job's or attempt's
 * @returns steps that still run, for which it stays
 */
export async function releaseOwned(
  runner: Runner,
  key: string,
  journals: ReadonlyMap<string, HostJournal>,
  epochs: HeldLock['epochs'] = new Map(),
): Promise<string[]> {
  const held = [...journals.values()].find(({ lock }) => lock?.owner.key === key)?.lock ?? null;
  return held === null ? [] : await releaseAll(runner, { id: held.id, epochs });
}
