import { checkInventory } from '../domain/check-inventory.ts';
import { checkPlan } from '../domain/check-plan.ts';
import { checkTogether, healthWithoutRoles } from '../domain/check-together.ts';
import type { Mistake } from '../domain/errors.ts';
import type { Inventory, SiteInventory } from '../domain/inventory.ts';
import { knownNames } from '../domain/known-names.ts';
import type { Plan } from '../domain/plan.ts';
import type { Draft } from './draft.ts';
import { finishInventory, readInventory } from './load-inventory.ts';
import { finishPlan, type LoadedPlan, type PlanDraft, type PlanFolders, readPlan } from './load-plan.ts';

export interface UpgradeFiles extends PlanFolders {
  /** A built-in plan's name, or a path in the workspace. */
  readonly plan: string;
  /** A path in the workspace, or the inventory's text. */
  readonly inventory: string;
}

export interface LoadedUpgrade extends LoadedPlan {
  readonly inventory: Inventory;
}

/**
 * Loads a plan and an inventory, and checks them against each other, before any connection.
 * @throws ConfigurationError with every mistake in both
 */
export function loadUpgradeFiles(files: UpgradeFiles): LoadedUpgrade {
  const plan = readPlan(files.plan, files);
  const inventory = readInventory(files.inventory, files.workspace);
  const mistakes = [...plan.mistakes, ...inventory.mistakes, ...check(plan, inventory)];
  const loaded = finishPlan(plan, mistakes);
  const { health, ...rest } = finishInventory(inventory, mistakes);
  return { ...loaded, plan: withHealth(loaded.plan, health), inventory: rest };
}

/** What a site says of its health checks stands for what the plan says, role by role. */
function withHealth(plan: Plan, health: SiteInventory['health']): Plan {
  const roles = Object.entries(plan.roles).map(([name, role]) => [
    name,
    Object.hasOwn(health, name) ? { ...role, health: health[name] } : role,
  ]);
  return { ...plan, roles: Object.fromEntries(roles) as Plan['roles'] };
}

/** Names are taken from both files as they are, so that what is wrong in one causes nothing in the other. */
function check(plan: PlanDraft, inventory: Draft<SiteInventory>): Mistake[] {
  const known = knownNames(plan.raw, inventory.raw);
  const own = [
    ...(plan.value === null ? [] : checkPlan(plan.value, known).map(plan.place)),
    ...(inventory.value === null ? [] : checkInventory(inventory.value, known).map(inventory.place)),
  ];
  if (plan.value === null || inventory.value === null) {
    return own;
  }
  const together = checkTogether(plan.value, inventory.value, known);
  const health = healthWithoutRoles(inventory.value.health, known).map(inventory.place);
  return [...own, ...health, ...together.plan.map(plan.place), ...together.inventory.map(inventory.place)];
}
