import { randomBytes } from 'node:crypto';
import { type DiskOutlook, doubtDisks, judgeDisks } from '../domain/disks.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { HostJournal } from '../domain/journal.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import { withoutHash } from '../domain/transaction.ts';
import { copiesWithoutRoom, runnerDisks } from '../executor/disks.ts';
import { Journal } from '../executor/journal.ts';
import { acquireAll, releaseAll } from '../executor/lock.ts';
import { readFacts, type Survey, survey } from '../executor/survey.ts';
import { askBefore, nothingStopped } from './ask-before.ts';
import { type Bond, bondOf, isApproved } from './bond.ts';
import type { UpgradeContext } from './context.ts';
import type { Findings } from './findings.ts';
import { refuse } from './refuse.ts';
import { failedInApt, takeRepaired } from './repaired-packages.ts';
import { amendments, takeUp } from './take-up.ts';

const CANNOT = 'this upgrade cannot be done';

/** An unfinished upgrade as the hosts remember it. */
export interface Seen {
  readonly upgrade: string;
  readonly plan: string;
  readonly journals: ReadonlyMap<string, HostJournal>;
}

/** The unfinished upgrade, as the first host has it: that host decides. */
export function openUpgradeOf(journals: ReadonlyMap<string, HostJournal>): Seen | null {
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

/**
 * Looks at the hosts and decides what a new upgrade would do.
 * @throws UpgradeError when it cannot be done
 */
export async function begin(context: UpgradeContext, findings: Findings): Promise<ResolvedPlan> {
  const { runner, files, secrets } = context;
  runner.log.group('look at the hosts');
  try {
    const found = await survey(runner, files);
    const disks = await disksOf(context, found);
    findings.surveyed(found, disks);
    noteUnknownContents(findings, found.resolved);
    for (const text of [
      ...found.cautions,
      ...doubtDisks(disks).map(
        (doubt) => `${doubt}; a dump that finds no room fails while the services are down`,
      ),
      ...copiesWithoutRoom(files, found.facts, disks),
    ]) {
      findings.note(text);
    }
    if (context.dryRun) {
      findings.foresee();
    }
    const idle = found.refusals.length === 0 && findings.nothingToDo(found.resolved);
    const unhealthy =
      idle || !isFirst(context) ? [] : await askBefore(runner, found.resolved, found.facts, secrets);
    const small = idle ? [] : judgeDisks(disks);
    refuse(CANNOT, [...found.refusals, ...small, ...unhealthy], runner.hosts.keys());
    return found.resolved;
  } finally {
    runner.log.endGroup();
  }
}

async function disksOf({ dumps, files, scope }: UpgradeContext, found: Survey): Promise<DiskOutlook[]> {
  const points = files.plan.dumps.length;
  return [...found.disks, ...(await runnerDisks(dumps, files, found.facts, scope.databases, points))];
}

function noteUnknownContents(findings: Findings, resolved: ResolvedPlan): void {
  for (const [host, { transaction }] of Object.entries(resolved.hosts)) {
    for (const text of transaction === null ? [] : withoutHash(transaction)) {
      findings.note(`${host}: ${text}`);
    }
  }
}

/** Is this where an upgrade begins? Later parts neither ask the services nor have the secrets for it. */
function isFirst({ turn }: UpgradeContext): boolean {
  return turn === null || turn.phase === 'prepare';
}

/**
 * Takes up an unfinished upgrade, with the plan as it is now where it may be amended.
 * @throws UpgradeError when the files are those of another upgrade
 */
export async function goOn(
  context: UpgradeContext,
  findings: Findings,
  seen: Seen,
): Promise<{ readonly resolved: ResolvedPlan; readonly bond: Bond }> {
  const { runner, files, secrets } = context;
  findings.found(seen.upgrade);
  runner.log.notice(`the upgrade ${seen.upgrade} is unfinished; it is taken up`);
  const begun = takeUp(seen.upgrade, seen.plan, files);
  const bond = bondOf(context, seen);
  for (const line of amendments(seen.plan, begun)) {
    runner.log.notice(`amended: ${line}`);
  }
  const resolved = isApproved(bond, begun)
    ? keepApproved(findings, begun, seen)
    : await takeRepaired(runner, begun, seen.journals, (text) => findings.note(text));
  const facts = await readFacts(runner, files, 'system');
  findings.looked(resolved, facts);
  if (isFirst(context) && nothingStopped(seen.journals)) {
    refuse(CANNOT, await askBefore(runner, resolved, facts, secrets), runner.hosts.keys());
  }
  return { resolved, bond };
}

/** What was approved is tried again, the newest packages or not; a person who repaired one has to hear of that. */
function keepApproved(findings: Findings, begun: ResolvedPlan, { journals }: Seen): ResolvedPlan {
  for (const host of failedInApt(journals)) {
    findings.note(
      `${host}: apt failed in an earlier run, and the approved versions are tried again. Repaired packages of another version are taken once a plan that has them is approved.`,
    );
  }
  return begun;
}

/**
 * Takes the lock, and goes on only when nobody took it since the journals were read: what they said would be stale.
 * @param seen the journals as they were read without the lock
 * @throws UpgradeError when somebody else holds the lock, or had it in between
 */
export async function takeLock(
  { runner, owner, takeover, onLock, onLocked }: UpgradeContext,
  seen: ReadonlyMap<string, HostJournal>,
): Promise<Journal> {
  onLock();
  const lock = await acquireAll(runner, randomBytes(6).toString('hex'), owner, takeover);
  onLocked(lock.epochs);
  const stale = [...seen].filter(([host, { epoch }]) => lock.epochs.get(host) !== epoch + 1);
  if (stale.length > 0) {
    await releaseAll(runner, lock);
    throw new UpgradeError('another run had the lock while this one was looking', {
      host: stale.map(([host]) => host).join(', '),
      state: 'Nothing was changed by this run.',
      next: 'Run again.',
    });
  }
  const [first] = seen.values();
  return new Journal(runner, lock, first?.current ?? newUpgradeId(runner.clock.now()), seen);
}

/** Sorts by time: `20261123T174500Z-3fa2`. */
function newUpgradeId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}
