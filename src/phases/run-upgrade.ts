import { randomBytes } from 'node:crypto';
import { UpgradeError } from '../domain/errors.ts';
import type { HostJournal } from '../domain/journal.ts';
import type { Owner } from '../domain/lock.ts';
import type { Report } from '../domain/report.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { Stage } from '../domain/step.ts';
import type { Runner } from '../executor/ask.ts';
import type { DumpSettings } from '../executor/dump-context.ts';
import { Dumps } from '../executor/dumps.ts';
import { Executor } from '../executor/executor.ts';
import { Journal, readJournals } from '../executor/journal.ts';
import { acquireAll, releaseAll, releaseOwned, type Takeover } from '../executor/lock.ts';
import { readFacts, survey, type UpgradeFiles } from '../executor/survey.ts';
import { refuseAmendedPast } from './amended-past.ts';
import { askBefore, nothingStopped } from './ask-before.ts';
import { endEarly, isTouched } from './end-early.ts';
import { Findings } from './findings.ts';
import type { Secrets } from './health.ts';
import type { Guard } from './migrate.ts';
import { takeRepaired } from './repaired-packages.ts';
import { byHost, interrupted, openings, settleDatabases } from './settle-databases.ts';
import { amendments, planText, takeUp } from './take-up.ts';
import { partsOf, stagesOf } from './upgrade.ts';

/** All that one run of an upgrade is given. */
export interface UpgradeContext {
  readonly runner: Runner;
  readonly files: UpgradeFiles;
  readonly secrets: Secrets;
  readonly owner: Owner;
  readonly takeover: Takeover;
  readonly dumps: DumpSettings;
  readonly dryRun: boolean;
  /** Told before the lock is taken, so that whoever cleans up knows. */
  readonly onLock: () => void;
}

/**
 * Upgrades a stack, or takes up an upgrade that is unfinished. Never throws for what goes wrong on a host or in a
 * file: the report has it.
 */
export async function runUpgrade(context: UpgradeContext): Promise<Report> {
  const findings = new Findings(context.runner, context.files);
  try {
    await conduct(context, findings);
  } catch (error) {
    await endEarly(context, findings, error);
  }
  return findings.report();
}

async function conduct(context: UpgradeContext, findings: Findings): Promise<void> {
  const { runner } = context;
  const journals = await readJournals(runner);
  const seen = openUpgradeOf(journals);
  const resolved = seen === null ? await begin(context, findings) : await goOn(context, findings, seen);
  if (context.dryRun) {
    await showPlan(context, findings, resolved, seen);
    return;
  }
  if (seen === null && findings.nothingToDo(resolved)) {
    findings.end('unchanged');
    // An earlier attempt may have died between the end of its upgrade and the release.
    await releaseOwned(runner, context.owner.key, journals);
    return;
  }
  const journal = await takeLock(context, seen?.upgrade ?? null);
  const dumps = dumpsOf(context, findings, resolved, journal);
  const all = stages(context, resolved, { journal, dumps });
  refuseAmendedPast(journal, seen?.plan ?? planText(resolved), resolved);
  await journal.open(planText(resolved));
  findings.began(journal, dumps, all);
  const settled = await settleDatabases(journal, dumps, resolved, all);
  // An abandonment that did not come to its end started services again: they are stopped and held anew.
  const reopened = isTouched(journal) ? [] : openings(journal, all);
  for (const [host, steps] of byHost([...settled.undone, ...reopened])) {
    await journal.forget(host, steps);
  }
  if (settled.broken.length > 0) {
    throw interrupted(settled);
  }
  await new Executor(runner, journal).run(all);
  await findings.collect();
  await journal.close('finished');
  findings.end('finished');
  // All is done and told; a lock that stays is given back by `post`.
  await releaseAll(runner, journal.lockId).catch((error: unknown) =>
    runner.log.warning(`the lock could not be given back: ${String(error)}`),
  );
}

/** An unfinished upgrade as the hosts remember it. */
interface Seen {
  readonly upgrade: string;
  readonly plan: string;
  readonly journals: ReadonlyMap<string, HostJournal>;
}

/** The unfinished upgrade, as the first host has it: that host decides. */
function openUpgradeOf(journals: ReadonlyMap<string, HostJournal>): Seen | null {
  const [first] = journals.values();
  const id = first?.current ?? null;
  const others = [...journals].filter(([, { current }]) => current !== null && current !== id);
  if (others.length > 0) {
    throw new UpgradeError('other hosts are in the middle of another upgrade', {
      output: others.map(([host, { current }]) => `${host}: ${current}`).join('\n'),
      state: 'Nothing was changed by this run.',
      next: 'Finish that upgrade first, with its own plan and inventory.',
    });
  }
  return id === null ? null : { upgrade: id, plan: first?.plan ?? '', journals };
}

async function begin({ runner, files, secrets }: UpgradeContext, findings: Findings): Promise<ResolvedPlan> {
  runner.log.group('look at the hosts');
  try {
    const found = await survey(runner, files);
    findings.surveyed(found);
    const idle = found.refusals.length === 0 && findings.nothingToDo(found.resolved);
    const unhealthy = idle ? [] : await askBefore(runner, found.resolved, found.facts, secrets);
    refuse([...found.refusals, ...unhealthy], [...runner.hosts.keys()]);
    return found.resolved;
  } finally {
    runner.log.endGroup();
  }
}

/** @throws UpgradeError unless there is nothing to refuse for; every refusal begins with its host */
function refuse(refusals: readonly string[], hosts: readonly string[]): void {
  if (refusals.length === 0) {
    return;
  }
  const named = hosts.filter((host) => refusals.some((refusal) => refusal.startsWith(`${host}: `)));
  throw new UpgradeError(`this upgrade cannot be done: ${refusals.join('\n')}`, {
    host: named.length === 0 ? null : named.join(', '),
    state: 'Nothing was changed.',
    next: 'Mend what is named, on the hosts, in the repository or in the files, and run the same again.',
  });
}

async function goOn(
  { runner, files, secrets }: UpgradeContext,
  findings: Findings,
  seen: Seen,
): Promise<ResolvedPlan> {
  findings.found(seen.upgrade);
  runner.log.notice(`the upgrade ${seen.upgrade} is unfinished; it is taken up`);
  const begun = takeUp(seen.upgrade, seen.plan, files);
  for (const line of amendments(seen.plan, begun)) {
    runner.log.notice(`amended: ${line}`);
  }
  const resolved = await takeRepaired(runner, begun, seen.journals);
  const facts = await readFacts(runner, files, 'system');
  findings.looked(resolved, facts);
  if (nothingStopped(seen.journals)) {
    refuse(await askBefore(runner, resolved, facts, secrets), [...runner.hosts.keys()]);
  }
  return resolved;
}

/** Takes the lock, and looks again at what was seen without it. */
async function takeLock(context: UpgradeContext, seen: string | null): Promise<Journal> {
  const { runner, owner, takeover } = context;
  context.onLock();
  const lock = await acquireAll(runner, randomBytes(6).toString('hex'), owner, takeover);
  const journals = await readJournals(runner);
  const now = [...journals.values()][0]?.current ?? null;
  if (now !== seen) {
    throw new UpgradeError('another run began or ended an upgrade while this one was looking', {
      state: 'Nothing was changed by this run.',
      next: 'Run again.',
    });
  }
  return new Journal(runner, lock, seen ?? newUpgradeId(runner.clock.now()), journals);
}

/** Sorts by time: `20261123T174500Z-3fa2`. */
function newUpgradeId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}

interface Work {
  readonly journal: Journal;
  readonly dumps: Dumps;
}

function stages({ secrets }: UpgradeContext, resolved: ResolvedPlan, { journal, dumps }: Work): Stage[] {
  const guard: Guard = (target, phase) => dumps.guard(target, phase);
  return stagesOf(partsOf(resolved, { upgrade: journal.upgrade, secrets, dumps, guard }));
}

/** Shows what a run would do now, as far as the hosts' journals and a look at them tell. Changes nothing. */
async function showPlan(
  context: UpgradeContext,
  findings: Findings,
  resolved: ResolvedPlan,
  seen: Seen | null,
): Promise<void> {
  const { runner } = context;
  const noLock = { id: '', epochs: new Map<string, number>() };
  const journal = new Journal(runner, noLock, seen?.upgrade ?? 'UPGRADE', seen?.journals ?? new Map());
  const dumps = dumpsOf(context, findings, resolved, journal);
  const all = stages(context, resolved, { journal, dumps });
  if (seen !== null) {
    refuseAmendedPast(journal, seen.plan, resolved);
    const { undone, broken } = await settleDatabases(journal, dumps, resolved, all);
    for (const [host, steps] of byHost(undone)) {
      journal.overlook(host, steps);
    }
    for (const { step, target } of broken) {
      findings.note(
        `${step.host}: ${step.title} was begun and did not end well: before the upgrade can go on, ${target.name} on ${target.on} must be restored from its dump of before`,
      );
    }
  }
  findings.plan(await new Executor(runner, journal).remaining(all));
  findings.end('planned');
}

function dumpsOf(
  { runner, dumps }: UpgradeContext,
  { facts }: Findings,
  resolved: ResolvedPlan,
  journal: Journal,
): Dumps {
  return new Dumps({ runner, journal, resolved, settings: dumps, facts });
}
