import { ConfigurationError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { Phase } from '../domain/step.ts';
import type { Turn } from '../phases/upgrade.ts';
import { Secret } from '../shell/secret.ts';
import { planSecrets } from './plan-secrets.ts';

/** The phases that ask the services how they are: `prepare` does before the outage, so that a wrong question shows. */
const ASKING: readonly Phase[] = ['prepare', 'start-services'];

/**
 * The secrets that a plan names, each from its line in `PLAN_SECRETS`, else from the environment variable of that name.
 * @param turn the part of the upgrade that runs, which alone needs its secrets; null for the whole
 * @throws ConfigurationError naming every one that is needed and not set, or the wrong lines of `PLAN_SECRETS`
 */
export function secretsOf(
  plan: Plan,
  env: Readonly<Record<string, string | undefined>>,
  turn: Turn | null,
): Map<string, Secret> {
  const handedOn = planSecrets(env);
  const given = (name: string): string => handedOn.get(name)?.reveal() ?? env[name] ?? '';
  const needed = new Set([...neededBySteps(plan, turn), ...neededByHealthChecks(plan, turn)]);
  const missing = [...needed].filter((name) => given(name) === '');
  if (missing.length > 0) {
    throw new ConfigurationError(
      `the plan ${plan.name} needs these environment variables, from secrets of the workflow, or as lines of PLAN_SECRETS: ${missing.join(', ')}`,
    );
  }
  // Those of other parts are empty here: what they belong to is described, and does not run.
  const all = [...neededBySteps(plan, null), ...neededByHealthChecks(plan, null)];
  return new Map(all.map((name) => [name, new Secret(name, given(name))]));
}

function neededBySteps(plan: Plan, turn: Turn | null): string[] {
  return plan.steps
    .filter(({ after }) => turn === null || (turn.phase === 'run-steps' && turn.at === after))
    .flatMap(({ secrets }) => secrets);
}

function neededByHealthChecks(plan: Plan, turn: Turn | null): string[] {
  return Object.values(plan.roles)
    .filter(() => turn === null || ASKING.includes(turn.phase))
    .flatMap(({ health }) => health)
    .flatMap(({ header }) => Object.values(header))
    .flatMap((value) => (typeof value === 'string' ? [] : [value.secret]));
}
