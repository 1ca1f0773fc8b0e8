import { openLog } from '../adapters/log.ts';
import { Masks } from '../adapters/masks.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import type { UpgradeContext } from '../phases/context.ts';
import type { Turn } from '../phases/upgrade.ts';
import { refusedReport } from '../report/refused.ts';
import { finish } from './finish.ts';
import { inputs } from './inputs.ts';
import { openRun, type Run } from './open-run.ts';
import type { Request } from './request.ts';

/** What a step of a workflow is to do. */
export interface Task {
  readonly request: Request;
  /** The part of the upgrade; null for the whole. */
  readonly turn: Turn | null;
  /** Whose secrets are needed, where that is not the turn's alone. */
  readonly needs?: Turn;
  readonly work: (context: UpgradeContext, run: Run) => Promise<Report>;
}

/** Does one step of a workflow, and tells how it ended. @param read finds out what it is to do */
export async function conduct(read: () => Task): Promise<void> {
  try {
    const { request, turn, needs = turn, work } = read();
    await using run = await openRun(request, turn, needs);
    const report = await work(run.context, run);
    await finish({ ...report, notes: [...run.notes, ...report.notes] }, run);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    // Secrets are no part of what such an error says: it is about files and the other inputs.
    const plan = inputs.get('plan') || (process.env.SYNNEFO_UPGRADE_PLAN ?? '');
    await finish(refusedReport(plan, error), { log: openLog(), masks: new Masks() });
  }
}
