import { listRunning } from '../commands/lock.ts';
import type { Fate, Owner } from '../domain/lock.ts';
import { askOk, type Runner } from './ask.ts';
import { mapParallel } from './pool.ts';

/** How to meet a lock that somebody else holds. */
export interface Takeover {
  /** The id of a lock that a person allows to be taken over, or null. */
  readonly force: string | null;
  /** Looks what became of an owner. */
  readonly fateOf: (owner: Owner) => Promise<Fate>;
}

/**
 * Why a lock may not be taken over; null where it may. Steps that outlive their workflow run are its next attempt's to
 * follow, unless a person says otherwise.
 */
export async function whyNotFree(runner: Runner, fate: Fate): Promise<string | null> {
  if (fate.kind === 'dead') {
    return null;
  }
  if (fate.kind === 'unproved') {
    return fate.why;
  }
  const running = await runningSteps(runner);
  return running.length === 0
    ? null
    : `that run is over, and these steps still run: ${running.join(', ')}. Wait until they have ended`;
}

/** What still runs on any host. */
async function runningSteps(runner: Runner): Promise<string[]> {
  const running = await mapParallel([...runner.hosts.keys()], (host) => askOk(runner, host, listRunning()));
  return [...running].flatMap(([host, output]) => foldersIn(host, output));
}

/** What a script about running steps printed, as `host: folder`. */
export function foldersIn(host: string, output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((folder) => `${host}: ${folder}`);
}
