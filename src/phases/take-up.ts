import { UpgradeError } from '../domain/errors.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { UpgradeFiles } from '../executor/survey.ts';

/** Keys of a plan that may be amended while an upgrade is unfinished, in what has not succeeded yet. */
const AMENDABLE = ['steps', 'answers', 'services', 'dumps', 'stop-order', 'start-order', 'roles'];

/** The text of a resolved plan as hosts keep it. The order of its hosts, services and databases means something. */
export function planText(resolved: ResolvedPlan): string {
  return `${JSON.stringify(resolved, null, 2)}\n`;
}

/**
 * Takes up an unfinished upgrade: what was decided at its beginning (versions, what ran) with the plan's steps as
 * they are now.
 * @param text the plan as the first host keeps it
 * @throws UpgradeError when the files are those of another upgrade; it says what differs
 */
export function takeUp(upgrade: string, text: string, files: UpgradeFiles): ResolvedPlan {
  const begun = JSON.parse(text) as ResolvedPlan;
  const differences = [
    ...compare('plan', withoutAmendable(begun.plan), withoutAmendable(files.plan)),
    ...compare('packages', packagesOf(begun.plan.roles), packagesOf(files.plan.roles)),
    ...compare('inventory', begun.inventory, files.inventory),
    ...compare('inventory.hosts in order', orderOf(begun.inventory), orderOf(files.inventory)),
  ];
  if (differences.length > 0) {
    throw new UpgradeError(`the upgrade ${upgrade} is unfinished, and these files are those of another one`, {
      output: differences.slice(0, 20).join('\n'),
      state: `The hosts are in the middle of the upgrade ${upgrade} with the plan ${begun.plan.name}.`,
      next: 'Run again with the plan and the inventory of that upgrade, to finish it.',
    });
  }
  // What an earlier version of this suite has journaled does not say what cannot be undone.
  const { irreversible = [] } = begun as Partial<ResolvedPlan>;
  return { ...begun, irreversible, plan: files.plan, inventory: files.inventory, sources: files.sources };
}

/** What differs between the plan as the hosts keep it and the one that is taken up now, a line each. */
export function amendments(text: string, resolved: ResolvedPlan): string[] {
  const begun = JSON.parse(text) as ResolvedPlan;
  return [
    ...compare('plan', begun.plan, resolved.plan),
    ...compare('sources', begun.sources, resolved.sources),
  ];
}

function withoutAmendable(plan: object): object {
  return Object.fromEntries(Object.entries(plan).filter(([key]) => !AMENDABLE.includes(key)));
}

/** The first host decides whether an upgrade exists, and the first one of a role migrates. */
function orderOf({ hosts }: Inventory): string {
  return Object.keys(hosts).join(', ');
}

function packagesOf(roles: ResolvedPlan['plan']['roles']): object {
  return Object.fromEntries(
    Object.entries(roles).map(([name, { packages, services, database }]) => [
      name,
      { packages, services, database },
    ]),
  );
}

/** Lines `path: before -> after` of two JSON values. */
export function compare(path: string, before: unknown, after: unknown): string[] {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      compare(
        `${path}.${key}`,
        (before as Record<string, unknown>)[key],
        (after as Record<string, unknown>)[key],
      ),
    );
  }
  return before === after
    ? []
    : [`${path}: ${JSON.stringify(before) ?? 'nothing'} -> ${JSON.stringify(after) ?? 'nothing'}`];
}
