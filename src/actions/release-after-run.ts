import { getState } from '@actions/core';
import { systemClock } from '../adapters/clock.ts';
import { openLog } from '../adapters/log.ts';
import { readJournals } from '../executor/journal.ts';
import { releaseOwned } from '../executor/lock.ts';
import { explainFailure } from '../report/failure.ts';
import type { Connection } from './connection.ts';
import { connect, loadFiles } from './environment.ts';
import { tellLockStays } from './finish.ts';
import { EPOCHS_STATE, OWNER_STATE } from './open-run.ts';

/**
 * Gives the lock back that an earlier process of this step took and still holds, unless a step of its upgrade
 * still runs: then it stays, and log and summary say so.
 * @param read finds the connection; not done where no lock was taken, since the main step has said what is wrong with it
 */
export async function releaseAfterRun(read: () => Connection): Promise<void> {
  const key = getState(OWNER_STATE);
  if (key === '') {
    return;
  }
  const epochs = new Map(JSON.parse(getState(EPOCHS_STATE) || '[]') as [string, number][]);
  const connection = read();
  const log = openLog();
  const hosts = connect(connection, loadFiles(connection), log);
  try {
    const runner = { hosts, log, clock: systemClock, signal: new AbortController().signal };
    const journals = await readJournals(runner);
    await tellLockStays(await releaseOwned(runner, key, journals, epochs), log);
  } catch (error) {
    // The main step has said why it failed, and a lock that stays is this run's own: nothing else is wrong.
    const { what } = explainFailure(error);
    log.warning(`the lock was not given back: ${what}; the next attempt of this run goes on with it`);
  } finally {
    await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
  }
}
