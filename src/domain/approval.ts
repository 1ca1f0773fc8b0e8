import { isRecord, sha256 } from './canonical.ts';
import { databasesOf, hostsOfStep, type InventoryHost } from './inventory.ts';
import type { Plan, PlanStep } from './plan.ts';
import { hostNames, plannedServices, type ResolvedPlan, resolvedHost, textOf } from './resolved.ts';
import type { Scope } from './scope.ts';
import type { Transaction } from './transaction.ts';

/**
 * All of an upgrade that somebody approves, and nothing that changes by itself: no sizes, row counts, free disk, heads of
 * migrations or times. It follows from the resolved plan alone, so that an unfinished upgrade is the approved one
 * whatever its hosts look like by then.
 */
export interface Approval {
  readonly schema: 1;
  readonly plan: string;
  /** What a limit names; null where there is none. */
  readonly limit: { readonly hosts: readonly string[]; readonly databases: readonly string[] } | null;
  /** What happens in which order, since keys have none. */
  readonly order: Readonly<
    Record<'hosts' | 'roles' | 'steps' | 'stop' | 'start' | 'dumps', readonly string[]>
  >;
  readonly versions: Plan['versions'];
  readonly apt: Plan['apt'];
  readonly answers: Plan['answers'];
  readonly services: Plan['services'];
  readonly roles: Plan['roles'];
  readonly steps: Readonly<Record<string, ApprovedStep>>;
  readonly databases: Readonly<Record<string, object>>;
  readonly hosts: Readonly<Record<string, ApprovedHost>>;
  /** What cannot be undone, in words. */
  readonly irreversible: readonly string[];
}

export interface ApprovedHost extends InventoryHost {
  readonly services: Readonly<Record<string, 'running' | 'down'>>;
  /** What apt is asked for: exact versions. */
  readonly packages: Readonly<Record<string, string>>;
  /** What it changes, by `NAME:ARCHITECTURE`. */
  readonly changes: Readonly<Record<string, ApprovedChange>>;
  /** What it removes: versions by name. */
  readonly removals: Readonly<Record<string, string>>;
  /** What it changes although it is on hold. */
  readonly held: readonly string[];
}

export interface ApprovedChange {
  readonly from: string | null;
  readonly to: string;
  readonly sha256: string | null;
}

export interface ApprovedStep extends Omit<PlanStep, 'name' | 'run'> {
  /** The hosts that it runs on. */
  readonly on: readonly string[];
  /** Of its script's or its file's text. */
  readonly sha256: string;
}

/** What would be approved of an upgrade. @param scope what the run may touch: all else is not approved */
export function approvalOf(resolved: ResolvedPlan, scope: Scope): Approval {
  const { plan, inventory } = resolved;
  return {
    schema: 1,
    plan: plan.name,
    limit: scope.whole ? null : { hosts: [...scope.hosts].sort(), databases: [...scope.databases].sort() },
    order: {
      hosts: hostNames(resolved),
      roles: Object.keys(plan.roles),
      steps: plan.steps.map(({ name }) => name),
      stop: plan['stop-order'],
      start: plan['start-order'],
      dumps: plan.dumps,
    },
    versions: plan.versions,
    apt: plan.apt,
    answers: plan.answers,
    services: plan.services,
    roles: plan.roles,
    steps: Object.fromEntries(plan.steps.map((step) => [step.name, approvedStep(resolved, step)])),
    databases: Object.fromEntries(databasesOf(plan, inventory).map(({ key, ...rest }) => [key, rest])),
    hosts: Object.fromEntries(hostNames(resolved).map((host) => [host, approvedHost(resolved, host)])),
    irreversible: resolved.irreversible,
  };
}

function approvedStep(resolved: ResolvedPlan, step: PlanStep): ApprovedStep {
  const { name: _key, run: _hashed, file, ...rest } = step;
  const { content: _text, ...place } = file ?? {};
  return {
    ...rest,
    ...(file === undefined ? {} : { file: place as PlanStep['file'] & object }),
    on: hostsOfStep(resolved.inventory, step),
    sha256: sha256(textOf(resolved, step)),
  };
}

/**
 * Reads an approval back that was kept as JSON.
 * @throws Error when the text is none
 */
export function parseApproval(text: string): Approval {
  const found: unknown = JSON.parse(text);
  if (!isRecord(found) || found.schema !== 1 || !isLimit(found.limit)) {
    throw new Error('it is no approval that this version knows');
  }
  return found as unknown as Approval;
}

function isLimit(value: unknown): boolean {
  const isWords = (part: unknown): boolean =>
    Array.isArray(part) && part.every((word) => typeof word === 'string');
  return value === null || (isRecord(value) && isWords(value.hosts) && isWords(value.databases));
}

function approvedHost(resolved: ResolvedPlan, host: string): ApprovedHost {
  const { packages, transaction, running } = resolvedHost(resolved, host);
  return {
    ...(resolved.inventory.hosts[host] as InventoryHost),
    services: Object.fromEntries(
      plannedServices(resolved, host).map(({ name }) => [name, running.includes(name) ? 'running' : 'down']),
    ),
    packages,
    ...approvedTransaction(transaction ?? { changes: [], removals: [], held: [] }),
  };
}

function approvedTransaction({ changes, removals, held }: Transaction) {
  return {
    changes: Object.fromEntries(
      changes.map(({ name, architecture, from, to, sha256: hash }) => [
        `${name}:${architecture}`,
        // What an earlier version of this suite has journaled knows no hashes.
        { from, to, sha256: hash ?? null },
      ]),
    ),
    removals: Object.fromEntries(removals.map(({ name, version }) => [name, version])),
    held: [...held].sort(),
  };
}
