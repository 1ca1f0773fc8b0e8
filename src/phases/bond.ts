import { type Approval, approvalOf, parseApproval } from '../domain/approval.ts';
import { canonicalText, digestOf } from '../domain/canonical.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { HostJournal } from '../domain/journal.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import { type Scope, scopeOf } from '../domain/scope.ts';
import type { Journal } from '../executor/journal.ts';
import type { ApprovedPlan, UpgradeContext } from './context.ts';

/** The record of the first host with the approval by which its upgrade is bound. */
const RECORD = 'approval.json';

/** The way on where the hosts' journal binds: a person who repairs by hand has it as well. */
export const PLAN_ANEW =
  'Plan anew (a new run of the workflow), and let that plan be approved. By hand, or in a chain: give `prepare` or the whole upgrade the digest that the action `plan` shows, as `plan-digest`; from then on that one binds.';

/** What binds a run. */
export interface Bond {
  /** The plan that somebody approved; null where nothing binds the run. */
  readonly approved: ApprovedPlan | null;
  /** What was approved may touch this; the run itself may be limited to less. */
  readonly scope: Scope;
  /** Does the hosts' journal bind, and not this run's own inputs? */
  readonly kept: boolean;
}

type Asked = Pick<UpgradeContext, 'approved' | 'proposes' | 'scope' | 'files'>;

/** An unfinished upgrade, as far as it matters here. */
interface Unfinished {
  readonly upgrade: string;
  readonly journals: ReadonlyMap<string, HostJournal>;
}

/**
 * Finds out what binds a run: the digest that it was given, or else the approval that its unfinished upgrade was begun
 * or taken up under.
 * @throws UpgradeError when the kept approval cannot be read, or when the run would touch more than that approval covers
 */
export function bondOf(asked: Asked, seen: Unfinished | null): Bond {
  const { approved, proposes, scope, files } = asked;
  const kept = seen === null || proposes || approved !== null ? undefined : keptIn(seen);
  if (seen === null || kept === undefined) {
    return { approved, scope, kept: false };
  }
  const document = readKept(kept, seen);
  const covered = coveredBy(document, files);
  refuseBeyond(scope, covered, seen);
  return { approved: { digest: digestOf(document), read: async () => document }, scope: covered, kept: true };
}

/** What would be approved of an upgrade, as far as the approval that binds the run goes. */
export function approvalUnder({ scope }: Bond, resolved: ResolvedPlan): Approval {
  return approvalOf(resolved, scope);
}

/** Is this resolved plan the approved one? */
export function isApproved(bond: Bond, resolved: ResolvedPlan): boolean {
  return bond.approved !== null && digestOf(approvalUnder(bond, resolved)) === bond.approved.digest;
}

/**
 * Keeps the approval that this run was given with its upgrade, for the runs that are given none. One that is kept
 * already stays where it covers this run as well: a narrower one beside it would take from others what they may do.
 */
export async function keepBond(bond: Bond, journal: Journal, resolved: ResolvedPlan): Promise<void> {
  if (bond.approved === null || bond.kept) {
    return;
  }
  const kept = journal.record(journal.firstHost, RECORD);
  if (kept === undefined || !stillBinds(kept, bond, resolved)) {
    await journal.write(journal.firstHost, RECORD, canonicalText(approvalUnder(bond, resolved)));
  }
}

function stillBinds(text: string, { scope }: Bond, resolved: ResolvedPlan): boolean {
  try {
    const approval = parseApproval(text);
    const covered = coveredBy(approval, resolved);
    return (
      beyond(scope, covered).length === 0 && digestOf(approvalOf(resolved, covered)) === digestOf(approval)
    );
  } catch {
    // What cannot be read binds nobody, and is replaced.
    return false;
  }
}

/** The first host decides, as in all that is about the whole upgrade. */
function keptIn({ journals }: Unfinished): string | undefined {
  const [first] = journals.values();
  return first?.records.get(RECORD);
}

function readKept(text: string, { upgrade }: Unfinished): Approval {
  try {
    return parseApproval(text);
  } catch (cause) {
    throw new UpgradeError(
      `what was approved of the upgrade ${upgrade} cannot be read in the journal of its first host`,
      {
        state: standing(upgrade),
        next: PLAN_ANEW,
      },
      { cause },
    );
  }
}

function coveredBy({ limit }: Approval, { plan, inventory }: UpgradeContext['files']): Scope {
  return limit === null
    ? scopeOf(plan, inventory, [])
    : { whole: false, hosts: new Set(limit.hosts), databases: new Set(limit.databases) };
}

function refuseBeyond(scope: Scope, covered: Scope, { upgrade }: Unfinished): void {
  const left = beyond(scope, covered);
  if (left.length > 0) {
    throw new UpgradeError(`what was approved is limited, and leaves out: ${left.join(', ')}`, {
      state: standing(upgrade),
      next: `Give this run a limit within ${[...covered.hosts].join(', ')}. Or, with the wider limit: ${PLAN_ANEW}`,
    });
  }
}

/** The hosts and databases of a scope that another one leaves out. */
function beyond(scope: Scope, covered: Scope): string[] {
  return [
    ...[...scope.hosts].filter((host) => !covered.hosts.has(host)),
    ...[...scope.databases].filter((key) => !covered.databases.has(key)).map((key) => `the database ${key}`),
  ];
}

/** Where the hosts are when a run is refused over an unfinished upgrade. */
export function standing(upgrade: string): string {
  return `Nothing was changed by this run; the hosts are in the middle of the upgrade ${upgrade}.`;
}
