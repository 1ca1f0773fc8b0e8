import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/index.ts';
import type { Job, JobStep } from '../../../fleet/job.ts';
import { servicesOn } from '../../../fleet/oracle.ts';
import type { ServiceReport } from '../../../src/domain/report.ts';
import { type Link, nameOf, runLinks } from './a-chain.ts';
import { eachHost, printed } from './each-host.ts';
import { allSteps, hostsThat, journalOn } from './host-journal.ts';
import { leaksOfRun } from './leaks.ts';
import { errorsIn } from './run-log.ts';
import { expectUntouched } from './untouched.ts';

export const ADHOC: Link = { action: 'backup-db', inputs: { point: 'adhoc' } };

/** The host that comes first where a limit names it; the layout's other one is left out. */
const LIMIT = 'node2';
const LEFT_OUT = 'node1';

/** Runs an action that has to be refused, and proves that it did nothing. */
export async function refused(fleet: Fleet, on: Job, { action, inputs }: Link): Promise<JobStep> {
  const steps = await allSteps(fleet);
  const step = await on.run(action, { inputs });
  expect({ action, code: step.code, outcome: step.outputs.outcome }).toEqual({
    action,
    code: 1,
    outcome: 'refused',
  });
  expect(errorsIn(step.log)).toHaveLength(1);
  expect(await allSteps(fleet)).toEqual(steps);
  return step;
}

/** Runs an action dry: it shows its own part alone, and touches nothing. */
export async function rehearsed(fleet: Fleet, on: Job, { action, inputs }: Link): Promise<void> {
  const step = await expectUntouched(fleet, () =>
    on.run(action, { inputs: { ...inputs, 'dry-run': 'true' } }),
  );
  expect({ action, code: step.code, outcome: step.outputs.outcome, dumps: step.outputs.dumps }).toEqual({
    action,
    code: 0,
    outcome: 'planned',
    dumps: '[]',
  });
  const planned = step.report?.planned ?? [];
  expect([...new Set(planned.map(({ phase }) => phase))]).toEqual([action]);
  expect(leaksOfRun(fleet, step)).toEqual([]);
}

/** Runs an action on one host: the other is left as it is, and what comes next waits for it. */
export async function limited(fleet: Fleet, on: Job, link: Link, after: Link): Promise<void> {
  const services = await servicesOn(fleet, LEFT_OUT);
  const stepsThere = (await journalOn(fleet, LEFT_OUT)).steps;
  const [step] = await runLinks(on, [{ ...link, inputs: { ...link.inputs, limit: LIMIT } }]);
  expect(step?.outputs.outcome).toBe('done');
  expect(Object.keys((await journalOn(fleet, LIMIT)).steps)).toContainEqual(
    expect.stringMatching(`^${link.action}\\.`),
  );
  expect((await journalOn(fleet, LEFT_OUT)).steps).toEqual(stepsThere);
  expect(await servicesOn(fleet, LEFT_OUT)).toEqual(services);
  if (link.action === 'stop-services') {
    expect(Object.values(await servicesOn(fleet, LIMIT)).flat()).toEqual([]);
  }
  const { report } = await refused(fleet, on, { ...after, inputs: { ...after.inputs, limit: LIMIT } });
  expect(report?.failure?.what).toBe(`${nameOf(after)} has to wait: ${nameOf(link)} is not done`);
  expect(report?.failure?.output).toMatch(new RegExp(`^${LEFT_OUT}: `));
  expect(report?.failure?.output).not.toContain(`${LIMIT}: `);
}

/** An ad hoc backup of a run that is in the middle of its upgrade leaves the upgrade its lock. */
export async function backedUpInTheMiddle(fleet: Fleet, on: Job): Promise<void> {
  const held = 'cat /var/lib/synnefo-upgrade/lock/id';
  const before = await eachHost(fleet, (host) => printed(fleet, host, held));
  const steps = await allSteps(fleet);
  await runLinks(on, [ADHOC]);
  expect(await eachHost(fleet, (host) => printed(fleet, host, held))).toEqual(before);
  expect(await allSteps(fleet)).toEqual(steps);
  expect(await hostsThat(fleet, 'current')).toEqual([LEFT_OUT, LIMIT]);
}

/** `[host, service, state]` of every service, by the fleet's own eyes. */
export async function standingServices(fleet: Fleet): Promise<string[][]> {
  const found = await eachHost(fleet, (host) => servicesOn(fleet, host));
  return Object.entries(found)
    .flatMap(([host, services]) =>
      Object.entries(services).map(([name, pids]) => [host, name, pids.length > 0 ? 'running' : 'down']),
    )
    .sort();
}

/** The same, by a plan. */
export function statesIn({ services }: { services: ServiceReport[] }): string[][] {
  return services.map(({ host, name, before }) => [host, name, before]).sort();
}
