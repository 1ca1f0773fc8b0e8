import type { Phase } from '../domain/step.ts';
import { backUp } from '../phases/back-up.ts';
import { runUpgrade } from '../phases/run-upgrade.ts';
import { conduct, type Task } from './conduct.ts';
import { connectionOfJob } from './connection.ts';
import { inputs } from './inputs.ts';
import { releaseAfterRun } from './release-after-run.ts';
import { type OwnInput, requestOfJob } from './request.ts';
import { oneOf } from './values.ts';

const POINTS = ['before', 'after-migrate', 'after-steps', 'adhoc'] as const;
const AFTER = ['prepare', 'stop', 'install', 'migrate'] as const;

/** What the actions of all phases are asked, and that of one alone. */
const OWN: readonly OwnInput[] = ['dry-run', 'force-unlock'];
const OWN_OF_PHASE: Partial<Record<Phase, readonly OwnInput[]>> = {
  prepare: ['plan-digest', 'approved-plan'],
  'run-steps': ['resolve'],
};

/** The action of one phase: a part of the upgrade, in a step of its own. */
export function phaseAction(phase: Phase): { main(): Promise<void>; post(): Promise<void> } {
  return {
    main: async () => await conduct(() => taskOf(phase)),
    // Only where the job failed or was cancelled, as the manifest says: else the lock is the next step's.
    post: async () => await releaseAfterRun(connectionOfJob),
  };
}

function taskOf(phase: Phase): Task {
  const request = requestOfJob([...OWN, ...(OWN_OF_PHASE[phase] ?? [])]);
  switch (phase) {
    case 'backup-db': {
      const at = oneOf(inputs, 'point', POINTS);
      return at === 'adhoc'
        ? { request, turn: { phase, at: null }, work: backUp }
        : { request, turn: { phase, at }, work: runUpgrade };
    }
    case 'run-steps':
      return { request, turn: { phase, at: oneOf(inputs, 'after', AFTER) }, work: runUpgrade };
    default:
      return { request, turn: { phase, at: null }, work: runUpgrade };
  }
}
