import { getInput } from '@actions/core';
import { openLog } from '../adapters/log.ts';
import { Masks } from '../adapters/masks.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { runUpgrade } from '../phases/run-upgrade.ts';
import { refusedReport } from '../report/refused.ts';
import { connectionOfInputs } from './connection.ts';
import { finish } from './finish.ts';

import { openRun } from './open-run.ts';
import { releaseAfterRun } from './release-after-run.ts';
import { requestOfRoot } from './request.ts';

/** The whole upgrade in one step. */
export async function main(): Promise<void> {
  try {
    await using run = await openRun(requestOfRoot());
    await finish(await runUpgrade(run.context), run);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    // Secrets are no part of what such an error says: it is about files and the other inputs.
    await finish(refusedReport(getInput('plan'), error), { log: openLog(), masks: new Masks() });
  }
}

/** Gives the lock back that a run left which failed, was cancelled or died. */
export async function post(): Promise<void> {
  await releaseAfterRun(connectionOfInputs);
}
