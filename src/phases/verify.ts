import { probeServer } from '../commands/postgres.ts';
import { proveRunning } from '../commands/service.ts';
import { databasesOf } from '../domain/inventory.ts';
import { hostNames, plannedService, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { CheckStep, Stage } from '../domain/step.ts';
import { versionCheck } from './install-packages.ts';
import { schemaChecks } from './migrate.ts';
import { hasPackages } from './prepare.ts';

/** Seconds between the two looks at a service's processes: some die a second or two after their start. */
const STEADY_SECONDS = 4;

/** Proves that all is as the plan wants it; every check has a lane of its own, and nothing is changed. */
export function verify(resolved: ResolvedPlan): Stage[] {
  const hosts = hostNames(resolved);
  const checks = [
    ...hosts.flatMap((host) =>
      resolvedHost(resolved, host).running.map((service) => steady(resolved, host, service)),
    ),
    ...hosts
      .filter((host) => hasPackages(resolved, host))
      .map((host) => versionCheck(resolved, host, 'verify')),
    ...Object.keys(resolved.plan.roles).flatMap((role) => schemaChecks(resolved, role, 'verify')),
    ...databasesOf(resolved.plan, resolved.inventory).map(({ on, port }) => serverAnswers(on, port)),
  ];
  return [
    {
      phase: 'verify',
      title: 'services, versions, schemas, database servers',
      lanes: checks.map((check) => [check]),
    },
  ];
}

function steady(resolved: ResolvedPlan, host: string, name: string): CheckStep {
  const { hint } = plannedService(resolved, name);
  return {
    kind: 'check',
    id: `verify.running.${name}`,
    phase: 'verify',
    host,
    title: `${name} runs and stays up`,
    commands: [`look at the processes of ${name} twice, ${STEADY_SECONDS} s apart`],
    script: proveRunning(name, hint, STEADY_SECONDS).text,
    judge: () => [],
    patience: 0,
  };
}

function serverAnswers(host: string, port: number): CheckStep {
  return {
    kind: 'check',
    id: `verify.server.${port}`,
    phase: 'verify',
    host,
    title: `the database server on port ${port} answers`,
    commands: ["psql -c 'select 1'"],
    script: probeServer(port).script,
    judge: (output) => (output.trim() === '1' ? [] : [`it answered ${JSON.stringify(output.trim())}`]),
    patience: 10,
  };
}
