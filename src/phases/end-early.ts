import { databasesOf } from '../domain/inventory.ts';
import { Executor } from '../executor/executor.ts';
import type { Journal } from '../executor/journal.ts';
import { releaseAll } from '../executor/lock.ts';
import { explainFailure } from '../report/failure.ts';
import { type Broken, brokenSteps, withRestoring } from './broken-steps.ts';
import type { UpgradeContext } from './context.ts';
import type { Findings } from './findings.ts';
import { startAgain } from './start-services.ts';

/**
 * Brings a run that failed to an orderly end. Before the first package was touched, what was stopped is started
 * again and the upgrade is over; later it stays unfinished. Cancelled runs start nothing.
 */
export async function endEarly(context: UpgradeContext, findings: Findings, error: unknown): Promise<void> {
  const { runner } = context;
  const { journal } = findings;
  if (journal === null) {
    findings.end(runner.signal.aborted ? 'cancelled' : 'refused', explainFailure(error));
  } else if (runner.signal.aborted) {
    findings.end('cancelled', { ...explainFailure(error), state: stateOf(journal) });
  } else if (isTouched(journal)) {
    findings.end('unfinished', withRestoring(explainFailure(error), brokenIn(findings)));
  } else {
    await abandon(context, findings, error);
  }
}

async function abandon({ runner }: UpgradeContext, findings: Findings, error: unknown): Promise<void> {
  const { journal, resolved } = findings;
  if (journal === null || resolved === null) {
    return;
  }
  try {
    runner.log.notice('no package was touched yet: what was stopped is started again');
    await new Executor(runner, journal).run(startAgain(resolved));
    await journal.close('abandoned');
    await releaseAll(runner, journal.lock);
    findings.end('abandoned', explainFailure(error));
  } catch (problem) {
    findings.end(
      'unfinished',
      explainFailure(new AggregateError([error, problem], 'what was stopped could not be started again')),
    );
  }
}

function brokenIn({ journal, resolved, stages }: Findings): Broken[] {
  return journal === null || resolved === null
    ? []
    : brokenSteps(journal, stages, databasesOf(resolved.plan, resolved.inventory));
}

/** Steps that a cancelled run was at: their hosts bring them to their end. */
function stateOf(journal: Journal): string {
  const open = journal
    .steps()
    .filter(([, , { state }]) => state.kind === 'unborn' || state.kind === 'running')
    .map(([host, id]) => `${host}: ${id}`);
  return open.length === 0
    ? ''
    : `These steps may still run on their hosts, and the next run follows them: ${open.join(', ')}.`;
}

/** May a package or a row have been touched? From then on there is no way back by starting what was stopped. */
export function isTouched(journal: Journal): boolean {
  return journal.steps().some(([, id]) => id === 'install-packages.apt' || id.startsWith('migrate.'));
}
