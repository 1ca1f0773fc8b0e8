import { holdServices, stillDown, stopService } from '../commands/service.ts';
import { type PlannedService, plannedServices, type ResolvedPlan } from '../domain/resolved.ts';
import type { Phase, ScriptStep, Stage } from '../domain/step.ts';
import { scriptStep, stageOf } from './steps.ts';

/**
 * Stops every service of the plan, on each host in the plan's order, all hosts at once. Before that the services
 * are kept from coming up at boot, since a host that reboots in the middle would start them on a database that is
 * being migrated. A service that two roles of a host share is stopped once.
 */
export function stopServices(resolved: ResolvedPlan): Stage[] {
  return [
    stageOf(resolved, 'stop-services', 'keep the services from starting at boot', (host) =>
      hold(resolved, host),
    ),
    stageOf(resolved, 'stop-services', 'stop the services', (host) =>
      stopOn(resolved, host, 'stop-services'),
    ),
  ];
}

function hold(resolved: ResolvedPlan, host: string): ScriptStep[] {
  const services = plannedServices(resolved, host);
  return services.length === 0
    ? []
    : [
        scriptStep({
          id: 'stop-services.hold',
          phase: 'stop-services',
          host,
          title: `keep ${services.map(({ name }) => name).join(', ')} from starting at boot`,
          commands: services.map(
            ({ name }) =>
              `update-rc.d ${name} disable    # under systemd: a condition in ${name}.service.d/synnefo-upgrade.conf`,
          ),
          script: holdServices(services.map(({ name }) => name)).text,
        }),
      ];
}

/** The stops of one host, for this phase and for the second stop after packages were installed. */
export function stopOn(resolved: ResolvedPlan, host: string, phase: Phase): ScriptStep[] {
  const services = plannedServices(resolved, host);
  const order = resolved.plan['stop-order'];
  return [...services]
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map((service) => stop(service, host, phase));
}

function stop(service: PlannedService, host: string, phase: Phase): ScriptStep {
  return scriptStep({
    id: `${phase}.stop.${service.name}`,
    phase,
    host,
    title: `stop ${service.name}`,
    commands: [`service ${service.name} stop`],
    script: stopService(service.name, service.hint).text,
    check: stillDown(service.name, service.hint).text,
    until: 'start-services.release',
  });
}
