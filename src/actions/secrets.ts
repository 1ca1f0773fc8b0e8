import { ConfigurationError } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import { Secret } from '../shell/secret.ts';

/**
 * The secrets that a plan names, each from the environment variable of that name.
 * @throws ConfigurationError naming every one that is not set
 */
export function secretsOf(
  plan: Plan,
  env: Readonly<Record<string, string | undefined>>,
): Map<string, Secret> {
  const names = [...new Set([...namedBySteps(plan), ...namedByHealthChecks(plan)])];
  const missing = names.filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new ConfigurationError(
      `the plan ${plan.name} needs these environment variables, from secrets of the workflow: ${missing.join(', ')}`,
    );
  }
  return new Map(names.map((name) => [name, new Secret(name, env[name] ?? '')]));
}

function namedBySteps(plan: Plan): string[] {
  return plan.steps.flatMap(({ secrets }) => secrets);
}

function namedByHealthChecks(plan: Plan): string[] {
  return Object.values(plan.roles)
    .flatMap(({ health }) => health)
    .flatMap(({ header }) => Object.values(header))
    .flatMap((value) => (typeof value === 'string' ? [] : [value.secret]));
}
