import { rm } from 'node:fs/promises';
import { systemClock } from '../../src/adapters/clock.ts';
import type { HeldLock, Owner } from '../../src/domain/lock.ts';
import type { Runner } from '../../src/executor/ask.ts';
import { Journal, readJournals } from '../../src/executor/journal.ts';
import { acquireAll } from '../../src/executor/lock.ts';
import type { Takeover } from '../../src/executor/takeover.ts';
import { MovedHost } from './moved-host.ts';
import { RecordingLog } from './recording-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const NOBODY_GONE: Takeover = {
  force: null,
  fateOf: async () => ({ kind: 'unproved', why: 'nobody can say' }),
};

/** Several hosts on this machine, and a runner that knows them. */
export interface MovedHosts extends AsyncDisposable {
  readonly hosts: ReadonlyMap<string, MovedHost>;
  readonly runner: Runner;
  readonly log: RecordingLog;
  /** @throws Error for a host that is not there */
  host(name: string): MovedHost;
}

export async function movedHosts(...names: readonly string[]): Promise<MovedHosts> {
  const folder = await temporaryFolder();
  const log = new RecordingLog();
  const hosts = new Map<string, MovedHost>();
  for (const name of names) {
    hosts.set(name, await MovedHost.make(name, folder.path, log));
  }
  return {
    hosts,
    log,
    runner: { hosts, log, clock: systemClock, signal: new AbortController().signal },
    host: (name) => {
      const found = hosts.get(name);
      if (found === undefined) {
        throw new Error(`no host ${name}`);
      }
      return found;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
      // A step's last process may still be at its end.
      await rm(folder.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

export function anOwner(overrides: Partial<Owner> = {}): Owner {
  return {
    key: 'github.com/example/cloud/17',
    run: 'example/cloud run 17',
    actor: 'operator',
    link: 'https://github.com/example/cloud/actions/runs/17',
    since: Date.UTC(2026, 1, 3),
    process: null,
    ...overrides,
  };
}

/** Takes the lock of all hosts. */
export async function lockAll({ runner }: MovedHosts, id = 'lock-1', owner = anOwner()): Promise<HeldLock> {
  return await acquireAll(runner, id, owner, NOBODY_GONE);
}

/** The journal of an upgrade that this process has just opened, or goes on with. */
export async function openJournal(hosts: MovedHosts, upgrade = 'u1', plan = '{}\n'): Promise<Journal> {
  const lock = await lockAll(hosts);
  const journal = new Journal(hosts.runner, lock, upgrade, await readJournals(hosts.runner));
  await journal.open(plan);
  return journal;
}

/** One host, whose lock is held as `lock-1`, in its first epoch. */
export interface LockedHost extends MovedHosts {
  readonly one: MovedHost;
}

export async function lockedHost(): Promise<LockedHost> {
  const hosts = await movedHosts('one');
  await lockAll(hosts);
  return { ...hosts, one: hosts.host('one') };
}
