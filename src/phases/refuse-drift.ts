import type { Approval } from '../domain/approval.ts';
import { digestOf } from '../domain/canonical.ts';
import { driftLines } from '../domain/drift.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { Log } from '../ports.ts';
import { type Bond, PLAN_ANEW, standing } from './bond.ts';
import type { ApprovedPlan } from './context.ts';

/** Differences that an error names; the rest is counted. */
const NAMED = 60;

/**
 * Lets a run go on only when it would do what was approved.
 * @param upgrade the unfinished upgrade that it is about, or null for a new one
 * @throws UpgradeError saying what is otherwise now
 */
export async function refuseDrift(
  log: Log,
  { approved, kept }: Bond,
  now: Approval,
  upgrade: string | null,
): Promise<void> {
  if (approved === null) {
    return;
  }
  const digest = digestOf(now);
  if (digest === approved.digest) {
    log.info(`this is the plan that was approved: ${digest}`);
    return;
  }
  const lines = await changedSince(approved, now);
  const what = [
    `this is not the plan that was approved: its digest is ${digest}, approved was ${approved.digest}`,
    ...lines.slice(0, NAMED),
    ...(lines.length > NAMED ? [`and ${lines.length - NAMED} more differences`] : []),
  ];
  throw new UpgradeError(what.join('\n'), {
    state: upgrade === null ? 'Nothing was changed.' : standing(upgrade),
    next: kept
      ? `Undo what is named, and run the same again. Or: ${PLAN_ANEW}`
      : 'Undo what is named, or plan anew (a new run of the workflow) and let that plan be approved.',
  });
}

/** What was approved is shown beside what is; where it cannot be had, that is said, and nothing else depends on it. */
async function changedSince(approved: ApprovedPlan, now: Approval): Promise<string[]> {
  try {
    const document = await approved.read();
    return digestOf(document) === approved.digest
      ? driftLines(document, now)
      : ['What changed since cannot be shown: the approved plan that was given has another digest.'];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`What changed since cannot be shown: ${why}`];
  }
}
