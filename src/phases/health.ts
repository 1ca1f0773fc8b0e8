import { askHealth } from '../commands/health.ts';
import type { HealthCheck } from '../domain/plan.ts';
import { hostNames, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import { quote } from '../shell/quote.ts';
import type { Secret } from '../shell/secret.ts';
import { scriptStep } from './steps.ts';

/** Values of the secrets that the plan names, by name. */
export type Secrets = ReadonlyMap<string, Secret>;

/** One request that a role's host is to answer. */
export interface AskedCheck {
  readonly host: string;
  readonly role: string;
  /** Its place in the role's list. */
  readonly index: number;
  readonly check: HealthCheck;
}

/** The health checks of all hosts; a role none of whose services ran before the upgrade is not asked. */
export function askedChecks(resolved: ResolvedPlan): AskedCheck[] {
  return hostNames(resolved).flatMap((host) =>
    Object.entries(resolved.plan.roles)
      .filter(([role, { services }]) => {
        const { running } = resolvedHost(resolved, host);
        const has = resolved.inventory.hosts[host]?.roles.includes(role) ?? false;
        return has && services.some((service) => running.includes(service));
      })
      .flatMap(([role, { health }]) => health.map((check, index) => ({ host, role, index, check }))),
  );
}

/** What of a check must hold before the upgrade as well; null where nothing must. */
export function holdsBefore(check: HealthCheck): HealthCheck | null {
  const { body: _new, ...alone } = check;
  switch (check.before) {
    case 'same':
      return check;
    case 'status':
      return alone;
    case 'nothing':
      return null;
  }
}

/** Asks whether the services are healthy after the upgrade; every check has a lane of its own. */
export function healthStage(resolved: ResolvedPlan, secrets: Secrets): Stage {
  const lanes = askedChecks(resolved).map((asked) => [healthStep(asked, secrets)]);
  return { phase: 'start-services', title: 'ask the services', lanes };
}

/** The id of a check's step, by its place in the role's list. */
export function healthId(role: string, index: number): string {
  return `start-services.health.${role}.${index}`;
}

function healthStep({ host, role, index, check }: AskedCheck, secrets: Secrets): ScriptStep {
  const command = askHealth(check, secrets);
  return scriptStep({
    id: healthId(role, index),
    phase: 'start-services',
    host,
    title: `ask ${role} at ${check.http}`,
    commands: [describeCheck(check)],
    script: command.script,
    env: command.env ?? {},
    timeLimit: check.within + 30,
    // What was healthy once need not be so now: always asked again.
    check: 'exit 1',
    renews: true,
  });
}

/** As `curl -H 'X-Auth-Token: ***' http://...    # 200, with: "status": "ok"`. */
function describeCheck({ http, header, status, body }: HealthCheck): string {
  const headers = Object.entries(header).map(
    ([name, value]) => `-H ${quote(`${name}: ${typeof value === 'string' ? value : '***'}`)} `,
  );
  return `curl ${headers.join('')}${quote(http)}    # ${status}${body === undefined ? '' : `, with: ${body}`}`;
}
