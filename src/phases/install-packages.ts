import { install } from '../commands/apt-install.ts';
import { parseReadBack, readBack, versionsAre } from '../commands/dpkg.ts';
import { installPolicy, policyStands } from '../commands/policy-rc.ts';
import { databasesOf, rolesOf } from '../domain/inventory.ts';
import { hostNames, plannedServices, type ResolvedPlan, resolvedHost } from '../domain/resolved.ts';
import type { CheckStep, Phase, ScriptStep, Stage, Step } from '../domain/step.ts';
import { archivesCheck, archivesOf } from './archives.ts';
import type { Guard } from './migrate.ts';
import { aptLine, aptRequest, hasPackages } from './prepare.ts';
import { scriptStep, stageOf } from './steps.ts';
import { stopOn } from './stop-services.ts';

/** Seconds that apt may take on one host before the waiting ends. */
const APT_LIMIT = 14_400;

/**
 * Installs the planned versions, one `apt-get` a host, all hosts at once but those that the plan has in a series. No
 * service of the plan can start
 * meanwhile: policy-rc.d denies it; whatever a maintainer script started past it is stopped again.
 */
export function installPackages(resolved: ResolvedPlan, upgrade: string, guard: Guard): Stage[] {
  const guards = hostNames(resolved).some((host) => hasPackages(resolved, host))
    ? databasesOf(resolved.plan, resolved.inventory).map((target) => [guard(target, 'install-packages')])
    : [];
  return [
    { phase: 'install-packages', title: 'nothing was written since the dumps', lanes: guards },
    inSeries(
      resolved,
      stageOf(resolved, 'install-packages', 'install the packages', (host) =>
        hasPackages(resolved, host)
          ? [
              ...denyStarts(resolved, host),
              ...archivesCheck(resolved, host, upgrade, 'install-packages'),
              apt(resolved, host, upgrade),
              versionCheck(resolved, host, 'install-packages'),
            ]
          : [],
      ),
    ),
    stageOf(resolved, 'install-packages', 'stop what the packages started', (host) =>
      hasPackages(resolved, host) ? stopOn(resolved, host, 'install-packages') : [],
    ),
  ];
}

/** One lane for the hosts whose packages may change a database: two of them at once could do that to the same one. */
function inSeries({ plan, inventory }: ResolvedPlan, { lanes, ...stage }: Stage): Stage {
  const isSerial = (steps: readonly Step[]): boolean =>
    steps.some(({ host }) => rolesOf(inventory, host).some((role) => plan.roles[role]?.serial === true));
  const serial = lanes.filter(isSerial).flat();
  return {
    ...stage,
    lanes: [...(serial.length === 0 ? [] : [serial]), ...lanes.filter((lane) => !isSerial(lane))],
  };
}

function denyStarts(resolved: ResolvedPlan, host: string): ScriptStep[] {
  const services = plannedServices(resolved, host).map(({ name }) => name);
  return services.length === 0
    ? []
    : [
        scriptStep({
          id: 'install-packages.policy',
          phase: 'install-packages',
          host,
          title: `let no package start ${services.join(', ')}`,
          commands: [
            `# /usr/sbin/policy-rc.d answers 101 for these; one that is there already is asked about all others`,
          ],
          script: installPolicy(services).text,
          // Whoever gives the lock back takes it away: a run that goes on wants it again, until the services may start.
          check: policyStands().text,
          renews: true,
          until: 'start-services.release',
        }),
      ];
}

function apt(resolved: ResolvedPlan, host: string, upgrade: string): ScriptStep {
  const removals = resolvedHost(resolved, host).transaction?.removals.map(({ name }) => name) ?? [];
  const command = install({ ...aptRequest(resolved, host), archives: archivesOf(upgrade), removals });
  return scriptStep({
    id: 'install-packages.apt',
    phase: 'install-packages',
    host,
    title: command.title,
    commands: [aptLine(resolved, host, '--no-download', '--no-remove')],
    script: command.script,
    terminal: true,
    timeLimit: APT_LIMIT,
    check: versionsAre(resolvedHost(resolved, host).packages).script,
  });
}

/** Reads versions and states back from dpkg: apt's exit code and a program's own word are no proof. */
export function versionCheck(resolved: ResolvedPlan, host: string, phase: Phase): CheckStep {
  const { packages } = resolvedHost(resolved, host);
  return {
    kind: 'check',
    id: `${phase}.versions`,
    phase,
    host,
    title: 'the planned versions are installed',
    commands: ['dpkg-query --show'],
    script: readBack(Object.keys(packages)).script,
    judge: (output) => judgeVersions(packages, output),
    patience: 0,
  };
}

function judgeVersions(packages: Readonly<Record<string, string>>, output: string): string[] {
  const found = parseReadBack(output);
  return Object.entries(packages).flatMap(([name, version]) => {
    const installed = found.get(name);
    if (installed === undefined) {
      return [`${name} is not installed`];
    }
    return installed.version === version && installed.state === 'install ok installed'
      ? []
      : [`${name} is ${installed.version} (${installed.state}), planned was ${version}`];
  });
}
