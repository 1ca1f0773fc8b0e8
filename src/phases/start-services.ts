import { removePolicy } from '../commands/policy-rc.ts';
import { releaseServices, startService, stillUp } from '../commands/service.ts';
import { plannedService, plannedServices, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import { healthStage, type Secrets } from './health.ts';
import { scriptStep, stageOf } from './steps.ts';

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
  const stage = stageOf(resolved, 'start-services', 'start again what was stopped', lane);
  return [{ ...stage, independent: true }];
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

/** The id of a service's start. */
export function startId(service: string): string {
  return `start-services.start.${service}`;
}

function start(resolved: ResolvedPlan, name: string, host: string): ScriptStep[] {
  if (!resolvedHost(resolved, host).running.includes(name)) {
    return [];
  }
  const { hint } = plannedService(resolved, name);
  return [
    scriptStep({
      id: startId(name),
      phase: 'start-services',
      host,
      title: `start ${name}`,
      commands: [`service ${name} start`],
      script: startService(name, hint).text,
      check: stillUp(name, hint).text,
    }),
  ];
}
