import { askHealth } from '../commands/health.ts';
import { removePolicy } from '../commands/policy-rc.ts';
import { releaseServices, startService, stillUp } from '../commands/service.ts';
import type { HealthCheck } from '../domain/plan.ts';
import {
  hostNames,
  plannedService,
  plannedServices,
  type ResolvedPlan,
  resolvedHost,
} from '../domain/resolved.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import { quote } from '../shell/quote.ts';
import type { Secret } from '../shell/secret.ts';
import { scriptStep, stageOf } from './steps.ts';

/** Values of the secrets that the plan names, by name. */
export type Secrets = ReadonlyMap<string, Secret>;

/**
 * Starts what ran before the upgrade, service by service in the plan's order across all hosts, and asks each role
 * whether it is healthy. What was down before stays down.
 */
export function startServices(resolved: ResolvedPlan, secrets: Secrets): Stage[] {
  return [
    stageOf(resolved, 'start-services', 'let the services start again', (host) => release(resolved, host)),
    ...resolved.plan['start-order'].map((service) =>
      stageOf(resolved, 'start-services', `start ${service}`, (host) => start(resolved, service, host)),
    ),
    healthStage(resolved, secrets),
  ];
}

/**
 * Starts what this upgrade stopped, when it ends before a package was touched: a lane a host, so that a host that
 * is gone keeps no other one down.
 */
export function startAgain(resolved: ResolvedPlan): Stage[] {
  const lane = (host: string): ScriptStep[] => [
    ...release(resolved, host),
    ...resolved.plan['start-order'].flatMap((service) => start(resolved, service, host)),
  ];
  return [stageOf(resolved, 'start-services', 'start again what was stopped', lane)];
}

function release(resolved: ResolvedPlan, host: string): ScriptStep[] {
  const services = plannedServices(resolved, host).map(({ name }) => name);
  return services.length === 0
    ? []
    : [
        scriptStep({
          id: 'start-services.release',
          phase: 'start-services',
          host,
          title: 'let the services start, by hand and at boot',
          commands: [
            '# /usr/sbin/policy-rc.d as it was before',
            ...services.map(
              (name) =>
                `update-rc.d ${name} enable    # under systemd: rm ${name}.service.d/synnefo-upgrade.conf`,
            ),
          ],
          script: `${removePolicy().text}\n${releaseServices(services).text}`,
        }),
      ];
}

function start(resolved: ResolvedPlan, name: string, host: string): ScriptStep[] {
  if (!resolvedHost(resolved, host).running.includes(name)) {
    return [];
  }
  const { hint } = plannedService(resolved, name);
  return [
    scriptStep({
      id: `start-services.start.${name}`,
      phase: 'start-services',
      host,
      title: `start ${name}`,
      commands: [`service ${name} start`],
      script: startService(name, hint).text,
      check: stillUp(name, hint).text,
    }),
  ];
}

/** Every health check has a lane of its own; a role none of whose services ran before is not asked. */
function healthStage(resolved: ResolvedPlan, secrets: Secrets): Stage {
  const lanes = hostNames(resolved).flatMap((host) =>
    Object.entries(resolved.plan.roles)
      .filter(([role, { services }]) => {
        const { running } = resolvedHost(resolved, host);
        const has = resolved.inventory.hosts[host]?.roles.includes(role) ?? false;
        return has && services.some((service) => running.includes(service));
      })
      .flatMap(([role, { health }]) =>
        health.map((check, index) => [healthStep(host, role, index, check, secrets)]),
      ),
  );
  return { phase: 'start-services', title: 'ask the services', lanes };
}

function healthStep(
  host: string,
  role: string,
  index: number,
  check: HealthCheck,
  secrets: Secrets,
): ScriptStep {
  const command = askHealth(check, secrets);
  return scriptStep({
    id: `start-services.health.${role}.${index}`,
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
