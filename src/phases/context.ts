import type { Approval } from '../domain/approval.ts';
import type { HeldLock, Owner } from '../domain/lock.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { Scope } from '../domain/scope.ts';
import type { Stage } from '../domain/step.ts';
import type { Runner } from '../executor/ask.ts';
import type { DumpSettings } from '../executor/dump-context.ts';
import { Dumps } from '../executor/dumps.ts';
import type { Journal } from '../executor/journal.ts';
import type { UpgradeFiles } from '../executor/survey.ts';
import type { Takeover } from '../executor/takeover.ts';
import type { Findings } from './findings.ts';
import type { Secrets } from './health.ts';
import { type Part, partsOf, stagesOf, type Turn } from './upgrade.ts';

/** All that one run of an upgrade, or of one of its parts, is given. */
export interface UpgradeContext {
  readonly runner: Runner;
  readonly files: UpgradeFiles;
  readonly secrets: Secrets;
  readonly owner: Owner;
  readonly takeover: Takeover;
  readonly dumps: DumpSettings;
  readonly dryRun: boolean;
  /** May those who read what this run tells see what the hosts' own files hold? */
  readonly showsFiles: boolean;
  /** The part of the upgrade that is to run; null for the whole. */
  readonly turn: Turn | null;
  readonly scope: Scope;
  /** What a person says of steps that did not tell their end. */
  readonly resolution: Resolution;
  /** The approved plan that this run was given; without one the upgrade's own binds it, where it has one. */
  readonly approved: ApprovedPlan | null;
  /** Does it only make a plan that somebody may approve? No earlier approval binds that one. */
  readonly proposes: boolean;
  /** Told what would be approved of the plan, once it is known. */
  readonly onApprovable: (approval: Approval) => void;
  /** Told before the lock is taken, so that whoever cleans up knows. */
  readonly onLock: () => void;
  /** Told in which epochs it was taken: one that is taken again later is not ours to clean up. */
  readonly onLocked: (epochs: HeldLock['epochs']) => void;
}

/** What was approved of a plan. */
export interface ApprovedPlan {
  /** As `digestOf` an approval. */
  readonly digest: string;
  /** Fetches the whole of it, to show what changed since; rejects, in words, where it cannot be had. */
  readonly read: () => Promise<unknown>;
}

/** An upgrade with all that it consists of, whichever part of it runs. */
export interface Work {
  readonly resolved: ResolvedPlan;
  readonly journal: Journal;
  readonly dumps: Dumps;
  readonly parts: readonly Part[];
  /** Those of all parts. */
  readonly stages: readonly Stage[];
}

/** What an upgrade consists of, by its journal. */
export function workOf(
  { runner, secrets, dumps: settings }: UpgradeContext,
  { facts }: Findings,
  resolved: ResolvedPlan,
  journal: Journal,
): Work {
  const dumps = new Dumps({ runner, journal, resolved, settings, facts });
  const guard = dumps.guard.bind(dumps);
  const parts = partsOf(resolved, { upgrade: journal.upgrade, secrets, dumps, guard });
  return { resolved, journal, dumps, parts, stages: stagesOf(parts) };
}
