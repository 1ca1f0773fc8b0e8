import { setOutput, summary } from '@actions/core';
import { systemClock } from '../adapters/clock.ts';
import { openLog } from '../adapters/log.ts';
import { unlock, whoHolds } from '../phases/unlock.ts';
import { heldLines, renderHeld } from '../report/held.ts';
import { cancellation } from './cancellation.ts';
import { connectionOfJob } from './connection.ts';
import { connect, loadFiles } from './environment.ts';
import { inputs } from './inputs.ts';
import { flag } from './values.ts';

/** Shows who holds the lock since when and what is unfinished; releases a lock that is named by its id. */
export async function main(): Promise<void> {
  const connection = connectionOfJob();
  const [id, dryRun] = [inputs.get('lock'), flag(inputs, 'dry-run')];
  const log = openLog();
  const hosts = connect(connection, loadFiles(connection), log);
  try {
    const runner = { hosts, log, clock: systemClock, signal: cancellation() };
    const held = await whoHolds(runner);
    for (const line of heldLines(held)) {
      log.info(line);
    }
    setOutput('locks', JSON.stringify(held.locks));
    setOutput('upgrade-id', held.upgrade ?? '');
    if (process.env.GITHUB_STEP_SUMMARY) {
      await summary.addRaw(renderHeld(held)).write();
    }
    if (id !== '') {
      await unlock(runner, held, id, dryRun);
      log.notice(dryRun ? `the lock ${id} would be given back` : `the lock ${id} was given back`);
    }
  } finally {
    await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
  }
}
