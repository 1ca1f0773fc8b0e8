import { UpgradeError } from '../domain/errors.ts';
import { hostsOfStep } from '../domain/inventory.ts';
import { endedWell, type JournaledStep } from '../domain/journal.ts';
import type { PlanStep } from '../domain/plan.ts';
import { migrationHost, type ResolvedPlan, textOf } from '../domain/resolved.ts';
import type { Journal } from '../executor/journal.ts';
import { migrationId } from './migrate.ts';
import { planStepId } from './run-steps.ts';
import { compare } from './take-up.ts';

/** What the plan's author wrote of one step, on one host. */
type Written = Readonly<Record<string, unknown>>;

/**
 * Refuses amendments of what is done or runs: what the plan says of such a step must be what it said when the hosts
 * last got it. The plan is compared and not the scripts on the hosts, which another version words otherwise.
 * @param begun the plan as the first host keeps it
 * @throws UpgradeError naming the steps, and what of them was amended
 */
export function refuseAmendedPast(journal: Journal, begun: string, resolved: ResolvedPlan): void {
  const before = writtenSteps(JSON.parse(begun) as ResolvedPlan);
  const now = writtenSteps(resolved);
  const changed = journal
    .steps()
    .filter(([, , step]) => isPast(step))
    .flatMap(([host, id]) =>
      amended(`${host}: ${id}`, before.get(`${host}: ${id}`), now.get(`${host}: ${id}`)),
    );
  if (changed.length > 0) {
    throw new UpgradeError('the plan was amended in steps that are done already, or run now', {
      output: changed.join('\n'),
      state: 'Nothing was changed by this run.',
      next: 'Put these steps back as they were; other steps may be amended.',
    });
  }
}

function isPast({ state }: JournaledStep): boolean {
  return state.kind === 'running' || endedWell(state);
}

function amended(name: string, before: Written | undefined, now: Written | undefined): string[] {
  if (before === undefined) {
    return [];
  }
  if (now === undefined) {
    return [`${name}: the plan has it no longer there`];
  }
  const keys = Object.keys({ ...before, ...now }).filter(
    (key) => compare(key, before[key], now[key]).length > 0,
  );
  return keys.length === 0 ? [] : [`${name}: ${keys.join(', ')}`];
}

/** By `HOST: ID`. The suite's own steps are not the plan's; they look for themselves whether what they did still holds. */
function writtenSteps(resolved: ResolvedPlan): Map<string, Written> {
  const { plan, inventory } = resolved;
  const steps = plan.steps.flatMap((step) =>
    hostsOfStep(inventory, step).map(
      (host) => [`${host}: ${planStepId(step)}`, writtenOf(resolved, step)] as const,
    ),
  );
  const migrations = Object.entries(plan.roles).flatMap(([role, { migrate }]) =>
    migrate.map(
      ({ run }, index) => [`${migrationHost(resolved, role)}: ${migrationId(role, index)}`, { run }] as const,
    ),
  );
  return new Map<string, Written>([...steps, ...migrations]);
}

/** How long a step that is done might have taken, and whether it could be repeated, is of no more interest. */
function writtenOf(resolved: ResolvedPlan, step: PlanStep): Written {
  const { after, env, secrets, unless, file } = step;
  const place =
    file === undefined
      ? undefined
      : { path: file.path, owner: file.owner, group: file.group, mode: file.mode };
  return { after, text: textOf(resolved, step), file: place, unless, env, secrets };
}
