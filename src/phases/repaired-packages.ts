import { unequal } from '../domain/choose-versions.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { HostFacts } from '../domain/facts.ts';
import { packagesOn } from '../domain/inventory.ts';
import { endedBadly, type HostJournal } from '../domain/journal.ts';
import { unreadLists } from '../domain/judge-hosts.ts';
import { hostNames, type ResolvedHost, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import { joinTransactions, judgeTransaction, type Transaction } from '../domain/transaction.ts';
import { compareVersions } from '../domain/version.ts';
import { newestIn, ruleFor } from '../domain/version-range.ts';
import type { Runner } from '../executor/ask.ts';
import { readFacts, simulateInstall } from '../executor/survey.ts';

type Versions = Readonly<Record<string, string>>;

/**
 * Amends an upgrade that is taken up by repaired packages: on hosts where apt failed, the newest versions on offer
 * now that the plan's rules allow. What was installed well, and hosts where apt has not failed, keep what was
 * planned; so do hosts whose lists cannot be read, since all that was planned may lie there already, and those on
 * which apt would do with the newer ones what the plan does not allow.
 * @param note told where nobody knows what is on offer, and where newer packages are not taken
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
    const found =
      Object.keys(repaired).length === 0 ? [] : await withRepaired(runner, amended, host, repaired);
    if (Array.isArray(found)) {
      for (const why of found) {
        // What was planned is tried again: it may have failed for another reason.
        note(`${host}: newer packages are on offer and not taken: ${why}`);
      }
    } else {
      amended = { ...amended, hosts: { ...amended.hosts, [host]: found } };
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

/** What the host gets with the repaired packages, or why they are not taken. */
async function withRepaired(
  runner: Runner,
  resolved: ResolvedPlan,
  host: string,
  repaired: Versions,
): Promise<ResolvedHost | string[]> {
  const before = resolvedHost(resolved, host);
  const packages = { ...before.packages, ...repaired };
  const problems = unequalWith(resolved, host, packages);
  if (problems.length > 0) {
    return problems;
  }
  const transaction = await simulated(runner, resolved, host, packages);
  if (Array.isArray(transaction)) {
    return transaction;
  }
  for (const [name, version] of Object.entries(repaired)) {
    runner.log.notice(`amended: ${host}: ${name} ${before.packages[name]} -> ${version}`);
  }
  return { ...before, packages, transaction: joinTransactions(before.transaction, transaction) };
}

/** Packages that must be equal everywhere cannot be repaired on one host alone. */
function unequalWith(resolved: ResolvedPlan, host: string, packages: Versions): string[] {
  const versions = hostNames(resolved).flatMap((each) =>
    Object.entries(each === host ? packages : resolvedHost(resolved, each).packages).map(
      ([name, chosen]) => ({
        host: each,
        name,
        chosen,
      }),
    ),
  );
  return unequal(resolved.plan, versions);
}

/**
 * What apt would do, or why the plan does not allow that.
 * @throws TransportError when the host cannot be asked
 */
async function simulated(
  runner: Runner,
  { plan, inventory }: ResolvedPlan,
  host: string,
  packages: Versions,
): Promise<Transaction | string[]> {
  try {
    const { transaction } = await simulateInstall(runner, host, plan, packages);
    const rules = {
      packages: packagesOn(plan, inventory, host),
      allow: plan.apt.allow,
      compare: compareVersions,
    };
    const refusals = judgeTransaction(transaction, rules);
    return refusals.length > 0 ? refusals : transaction;
  } catch (error) {
    if (!(error instanceof UpgradeError)) {
      throw error;
    }
    return [`${error.message}: ${error.details.output}`];
  }
}
