import { UpgradeError } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import { withinScope } from '../domain/scope.ts';
import { Executor } from '../executor/executor.ts';
import { readJournals } from '../executor/journal.ts';
import { releaseOwned } from '../executor/lock.ts';
import { refuseAmendedPast } from './amended-past.ts';
import { approvalUnder, type Bond, bondOf, keepBond } from './bond.ts';
import { type UpgradeContext, type Work, workOf } from './context.ts';
import { endEarly, giveBack, isTouched } from './end-early.ts';
import { Findings } from './findings.ts';
import { begin, goOn, openUpgradeOf, type Seen, takeLock } from './open-upgrade.ts';
import { refuseLeftOut, refuseTooEarly } from './order.ts';
import { ServiceProbe } from './probe-services.ts';
import { refuseDrift } from './refuse-drift.ts';
import { refuseWords } from './refuse-words.ts';
import { renewals } from './renewals.ts';
import { resolveSteps } from './resolve-steps.ts';
import { byHost, interrupted, openings, settleDatabases } from './settle-databases.ts';
import { showPlan } from './show-plan.ts';
import { planText } from './take-up.ts';
import { describeTurn, partsAt, stagesOf } from './upgrade.ts';

/**
 * Upgrades a stack, or takes up an upgrade that is unfinished, whole or in one of its parts. Never throws for what
 * goes wrong on a host or in a file: the report has it.
 */
export async function runUpgrade(context: UpgradeContext): Promise<Report> {
  const findings = new Findings(context.runner, context.files);
  try {
    await conduct(context, findings);
  } catch (error) {
    await endEarly(context, findings, error);
  }
  await findings.endProbe();
  return findings.report();
}

async function conduct(context: UpgradeContext, findings: Findings): Promise<void> {
  const { runner } = context;
  const journals = await readJournals(runner);
  const seen = openUpgradeOf(journals);
  const { resolved, bond } =
    seen === null
      ? { resolved: await begin(context, findings), bond: bondOf(context, null) }
      : await goOn(context, findings, seen);
  const approval = approvalUnder(bond, resolved);
  findings.approvable(approval);
  context.onApprovable(approval);
  if (seen === null && findings.nothingToDo(resolved)) {
    findings.end('unchanged');
    if (!context.dryRun) {
      // An earlier attempt may have died between the end of its upgrade and the release.
      await releaseOwned(runner, context.owner.key, journals);
    }
    return;
  }
  await refuseDrift(runner.log, bond, approval, seen?.upgrade ?? null);
  if (context.dryRun) {
    await showPlan(context, findings, resolved, seen);
    return;
  }
  refuseWithoutUpgrade(context, seen);
  const journal = await takeLock(context, journals);
  const work = workOf(context, findings, resolved, journal);
  tellPart(context, findings, work);
  refuseAmendedPast(journal, seen?.plan ?? planText(resolved), resolved);
  await settle(context, findings, work, bond);
  probeServices(context, findings, work);
  const again = renewals(journals, journal, work.parts, context.turn);
  const stages = [...again, ...stagesOf(partsAt(work.parts, context.turn))];
  await new Executor(runner, journal).run(withinScope(stages, context.scope));
  await end(context, findings, work);
}

/** Asks the services all the while, where one process lives through it all. */
function probeServices(
  { runner, turn, secrets, scope }: UpgradeContext,
  findings: Findings,
  { resolved }: Work,
): void {
  if (turn === null) {
    findings.probe = new ServiceProbe(runner, resolved, findings.facts, secrets, scope.hosts);
  }
}

/** Only the whole and `prepare` begin an upgrade. */
function refuseWithoutUpgrade({ turn }: UpgradeContext, seen: Seen | null): void {
  if (seen === null && turn !== null && turn.phase !== 'prepare') {
    throw new UpgradeError(`${describeTurn(turn)} has to wait: no upgrade has begun on these hosts`, {
      state: 'Nothing was changed by this step.',
      next: 'Run the action prepare first.',
    });
  }
}

/** Brings the journal in line with what became of the hosts, opens the upgrade, and refuses what has to wait. */
async function settle(context: UpgradeContext, findings: Findings, work: Work, bond: Bond): Promise<void> {
  const { journal, dumps, resolved, stages } = work;
  const settled = await settleDatabases(journal, dumps, resolved, stages);
  // An abandonment that did not come to its end started services again: they are stopped and held anew.
  const reopened = isTouched(journal) ? [] : openings(journal, stages);
  const anew = byHost([...settled.undone, ...reopened]);
  for (const [host, steps] of anew) {
    journal.overlook(host, steps);
  }
  if (settled.broken.length === 0) {
    await refuseDisorder(context, work);
    refuseWords(journal, stages, context);
  }
  await journal.open(planText(resolved));
  findings.began(journal, dumps, stages);
  await keepBond(bond, journal, resolved);
  for (const [host, steps] of anew) {
    await journal.forget(host, steps);
  }
  if (settled.broken.length > 0) {
    throw interrupted(settled);
  }
  for (const line of await resolveSteps(journal, stages, context)) {
    context.runner.log.notice(line);
  }
}

/** Says which part runs, and which comes after it. */
function tellPart({ turn }: UpgradeContext, findings: Findings, { parts }: Work): void {
  const [part] = partsAt(parts, turn);
  if (turn !== null && part !== undefined) {
    const after = parts
      .slice(parts.indexOf(part) + 1)
      .find(({ stages }) => stages.some(({ lanes }) => lanes.length > 0));
    findings.isPart(describeTurn(turn), after === undefined ? null : describeTurn(after));
  }
}

async function refuseDisorder({ runner, turn, scope }: UpgradeContext, work: Work): Promise<void> {
  const { journal, parts } = work;
  const [first] = partsAt(parts, turn);
  if (first !== undefined) {
    await refuseTooEarly(runner, journal, parts, first);
  }
  if (turn === null && !scope.whole) {
    await refuseLeftOut(runner, journal, parts, scope);
  }
}

/** Ends the upgrade when its last part has run on all hosts; any other part leaves it, and the lock, to the next. */
async function end({ runner, turn, scope }: UpgradeContext, findings: Findings, work: Work): Promise<void> {
  const { journal } = work;
  if (!scope.whole || (turn !== null && turn.phase !== 'verify')) {
    await findings.lookAgain();
    findings.end('done');
    return;
  }
  await findings.collect();
  await journal.close('finished');
  findings.end('finished');
  await giveBack(runner, journal);
}
