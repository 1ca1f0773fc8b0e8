import { UpgradeError } from '../domain/errors.ts';
import { databasesOf } from '../domain/inventory.ts';
import type { Runner } from '../executor/ask.ts';
import { Executor } from '../executor/executor.ts';
import { type Journal, readJournal } from '../executor/journal.ts';
import { releaseAll } from '../executor/lock.ts';
import { explainFailure } from '../report/failure.ts';
import { type Broken, brokenSteps, withRestoring } from './broken-steps.ts';
import type { UpgradeContext } from './context.ts';
import type { Findings } from './findings.ts';
import { startAgain } from './start-services.ts';

/**
 * Brings a run that failed to an orderly end. Before the first package or row was touched, what was stopped is started
 * again and the upgrade is over; later it stays unfinished. Cancelled runs start nothing.
 */
export async function endEarly(context: UpgradeContext, findings: Findings, error: unknown): Promise<void> {
  const { runner } = context;
  const { journal } = findings;
  if (journal === null) {
    findings.end(runner.signal.aborted ? 'cancelled' : 'refused', explainFailure(error));
  } else if (runner.signal.aborted) {
    findings.end('cancelled', { ...explainFailure(error), state: stateOf(journal) });
  } else if (isTouched(journal) || brokenIn(findings).length > 0) {
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
    await refuseRunning(runner, journal);
    runner.log.notice('no package was touched yet: what was stopped is started again');
    await new Executor(runner, journal).run(startAgain(resolved));
    await journal.close('abandoned');
    findings.end('abandoned', explainFailure(error));
  } catch (problem) {
    findings.end(
      'unfinished',
      explainFailure(new AggregateError([error, problem], 'what was stopped could not be started again')),
    );
    return;
  }
  await giveBack(runner, journal);
}

/**
 * Looks on the hosts whether a step still runs: services must not start beside it. A host that does not answer keeps
 * no other one down.
 * @throws UpgradeError naming the steps
 */
async function refuseRunning(runner: Runner, journal: Journal): Promise<void> {
  const read = await Promise.allSettled(
    [...runner.hosts.keys()].map(async (host) => ({ host, ...(await readJournal(runner, host)) })),
  );
  const running = read.flatMap((found) =>
    found.status === 'fulfilled' && found.value.current === journal.upgrade
      ? [...found.value.steps]
          .filter(([, { state }]) => state.kind === 'running')
          .map(([id]) => `${found.value.host}: ${id}`)
      : [],
  );
  if (running.length > 0) {
    throw new UpgradeError('steps still run, and services must not start beside them', {
      output: running.join('\n'),
      next: 'Run the same again: it follows them to their end.',
    });
  }
}

/** Gives the lock back at the end of an upgrade. All is done and told; a lock that stays is given back by `post`. */
export async function giveBack(runner: Runner, journal: Journal): Promise<void> {
  const busy = await releaseAll(runner, journal.lock).catch((error: unknown) => {
    runner.log.warning(`the lock could not be given back: ${String(error)}`);
    return [];
  });
  for (const step of busy) {
    runner.log.warning(`${step} still runs: the lock stays`);
  }
}

/** Steps that left a database half changed, of which there is a dump to restore. */
function brokenIn({ journal, resolved, stages, dumps }: Findings): Broken[] {
  if (journal === null || resolved === null) {
    return [];
  }
  const dumped = databasesOf(resolved.plan, resolved.inventory).filter(
    (target) => dumps?.first(target) !== undefined,
  );
  return brokenSteps(journal, stages, dumped);
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
