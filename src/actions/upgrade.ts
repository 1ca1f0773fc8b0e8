import { runUpgrade } from '../phases/run-upgrade.ts';
import { conduct } from './conduct.ts';
import { connectionOfInputs } from './connection.ts';
import { releaseAfterRun } from './release-after-run.ts';
import { requestOfRoot } from './request.ts';

/** The whole upgrade in one step. */
export async function main(): Promise<void> {
  await conduct(() => ({ request: requestOfRoot(), turn: null, work: runUpgrade }));
}

/** Gives the lock back that a run left which failed, was cancelled or died. */
export async function post(): Promise<void> {
  await releaseAfterRun(connectionOfInputs);
}
