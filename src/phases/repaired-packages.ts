import { unequal } from '../domain/choose-versions.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { HostFacts } from '../domain/facts.ts';
import { packagesOn } from '../domain/inventory.ts';
import { endedBadly, type HostJournal } from '../domain/journal.ts';
import { unreadLists } from '../domain/judge-hosts.ts';
import { hostNames, type ResolvedHost, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import { judgeTransaction, type Transaction } from '../domain/transaction.ts';
import { compareVersions } from '../domain/version.ts';
import { newestIn, ruleFor } from '../domain/version-range.ts';
import type { Runner } from '../executor/ask.ts';
import { readFacts, simulateInstall } from '../executor/survey.ts';

type Versions = Readonly<Record<string, string>>;

/**
 * Amends an upgrade that is taken up by repaired packages: on hosts where apt failed, the newest versions on offer
 * now that the plan's rules allow. What was installed well, and hosts where apt has not failed, keep what was
 * planned; so do hosts whose lists cannot be read, since all that was planned may lie there already.
 * @param note told where nobody knows what is on offer
 * @throws UpgradeError when apt would do with them what the plan does not allow
 */
export async function takeRepaired(
  runner: Runner,
  resolved: ResolvedPlan,
  journals: ReadonlyMap<string, HostJournal>,
  note: (text: string) => void,
): Promise<ResolvedPlan> {
  const failed = failedInApt(journals);
  const facts =
    failed.length === 0
      ? new Map<string, HostFacts>()
      : await readFacts(runner, resolved, 'temporary', failed);
  for (const text of unreadLists(facts)) {
    note(`nothing newer is known to be on offer, and the planned versions are tried again: ${text}`);
  }
  let amended = resolved;
  for (const host of failed) {
    const repaired = newerThanPlanned(resolved, host, facts.get(host));
    if (Object.keys(repaired).length > 0 && isEqualEnough(runner, amended, host, repaired)) {
      amended = {
        ...amended,
        hosts: { ...amended.hosts, [host]: await amend(runner, amended, host, repaired) },
      };
    }
  }
  return amended;
}

/** The hosts on which apt ended badly, or died. */
export function failedInApt(journals: ReadonlyMap<string, HostJournal>): string[] {
  return [...journals].filter(([, journal]) => aptFailed(journal)).map(([host]) => host);
}

function aptFailed({ steps }: HostJournal): boolean {
  const state = steps.get('install-packages.apt')?.state;
  return endedBadly(state);
}

function newerThanPlanned(resolved: ResolvedPlan, host: string, facts: HostFacts | undefined): Versions {
  // Lists that are half read may offer what is gone.
  if (facts === undefined || facts.unreadLists !== '') {
    return {};
  }
  return Object.fromEntries(
    Object.entries(resolvedHost(resolved, host).packages).flatMap(([name, planned]) => {
      const range = ruleFor(resolved.plan.versions.to, name)?.range ?? 'any';
      const newest = newestIn(range, facts.packages[name]?.offers ?? []);
      return newest !== null && compareVersions(newest, planned) > 0 ? [[name, newest]] : [];
    }),
  );
}

/** Packages that must be equal everywhere cannot be repaired on one host alone. */
function isEqualEnough(runner: Runner, resolved: ResolvedPlan, host: string, repaired: Versions): boolean {
  const versions = hostNames(resolved).flatMap((each) =>
    Object.entries({ ...resolvedHost(resolved, each).packages, ...(each === host ? repaired : {}) }).map(
      ([name, chosen]) => ({ host: each, name, chosen }),
    ),
  );
  const problems = unequal(resolved.plan, versions);
  for (const problem of problems) {
    runner.log.warning(`${host}: newer packages are on offer and not taken: ${problem}`);
  }
  return problems.length === 0;
}

async function amend(
  runner: Runner,
  resolved: ResolvedPlan,
  host: string,
  repaired: Versions,
): Promise<ResolvedHost> {
  const before = resolvedHost(resolved, host);
  const packages = { ...before.packages, ...repaired };
  const { transaction } = await simulateInstall(runner, host, resolved.plan, packages);
  refuse(resolved, host, transaction);
  for (const [name, version] of Object.entries(repaired)) {
    runner.log.notice(`amended: ${host}: ${name} ${before.packages[name]} -> ${version}`);
  }
  return { ...before, packages, transaction: joined(before.transaction, transaction) };
}

function refuse({ plan, inventory }: ResolvedPlan, host: string, transaction: Transaction): void {
  const refusals = judgeTransaction(transaction, {
    packages: packagesOn(plan, inventory, host),
    allow: plan.apt.allow,
    compare: compareVersions,
  });
  if (refusals.length > 0) {
    throw new UpgradeError(`${host}: the repaired packages cannot be taken: ${refusals.join('\n')}`, {
      host,
      state: 'Nothing was changed by this run.',
      next: 'Mend what is named, in the repository or on the host, and run the same again.',
    });
  }
}

/** What the whole upgrade changes: from what was there at its beginning to what comes now. */
function joined(before: Transaction | null, now: Transaction): Transaction {
  const earlier = new Map((before?.changes ?? []).map((change) => [change.name, change]));
  const names = new Set(now.changes.map(({ name }) => name));
  return {
    ...now,
    changes: [
      ...[...earlier.values()].filter(({ name }) => !names.has(name)),
      ...now.changes.map((change) => ({ ...change, from: earlier.get(change.name)?.from ?? change.from })),
    ],
    removals: [...(before?.removals ?? []), ...now.removals],
    held: [...new Set([...(before?.held ?? []), ...now.held])],
  };
}
