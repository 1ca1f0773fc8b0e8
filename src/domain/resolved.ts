import { hostsOf, type Inventory, servicesOn } from './inventory.ts';
import type { Plan, PlanStep, ServiceProcess } from './plan.ts';
import type { Transaction } from './transaction.ts';

/** What one upgrade will do, decided from plan, inventory and facts before anything was touched. */
export interface ResolvedPlan {
  readonly schema: 1;
  readonly plan: Plan;
  readonly inventory: Inventory;
  /** The text of every script and file that the plan's steps name, by their path in the plan. */
  readonly sources: Readonly<Record<string, string>>;
  readonly hosts: Readonly<Record<string, ResolvedHost>>;
  /** What cannot be undone by running something else, in words. */
  readonly irreversible: readonly string[];
}

export interface ResolvedHost {
  /** Exact versions for apt's command line; empty where nothing is to be installed. */
  readonly packages: Readonly<Record<string, string>>;
  readonly transaction: Transaction | null;
  /** The plan's services that ran before the upgrade, in the plan's start order. */
  readonly running: readonly string[];
}

/** A service with how to know its processes. */
export interface PlannedService {
  readonly name: string;
  readonly hint: ServiceProcess;
}

/** The hosts in the inventory's order. */
export function hostNames(resolved: ResolvedPlan): string[] {
  return Object.keys(resolved.inventory.hosts);
}

/** What was resolved for a host; a host that the plan does nothing on has empty lists. */
export function resolvedHost(resolved: ResolvedPlan, host: string): ResolvedHost {
  return resolved.hosts[host] ?? { packages: {}, transaction: null, running: [] };
}

/** The services of a host's roles, whether they run or not, in start order. */
export function plannedServices(resolved: ResolvedPlan, host: string): PlannedService[] {
  return servicesOn(resolved.plan, resolved.inventory, host).map((name) => plannedService(resolved, name));
}

export function plannedService(resolved: ResolvedPlan, name: string): PlannedService {
  return { name, hint: resolved.plan.services[name]?.process ?? {} };
}

/** The one host that runs the migrations of a role: its first one, however many there are. */
export function migrationHost(resolved: ResolvedPlan, role: string): string {
  const [host] = hostsOf(resolved.inventory, role);
  if (host === undefined) {
    throw new RangeError(`no host has the role ${role}`);
  }
  return host;
}

/** What a step's author wrote: its script, or what its file holds. */
export function textOf({ sources }: ResolvedPlan, { run, script, file }: PlanStep): string {
  const path = script ?? file?.source ?? '';
  const text = run ?? file?.content ?? sources[path];
  if (text === undefined) {
    throw new RangeError(`the text of ${path} was not read with the plan`);
  }
  return text;
}
