import type { Fleet } from '../../../fleet/index.ts';
import { pages, servicesOn } from '../../../fleet/oracle.ts';

/** Names of the plan's services that run anywhere, and pages that answer anything. */
export async function signsOfLife(fleet: Fleet): Promise<string[]> {
  const found = await Promise.all(
    fleet.hosts.map(async ({ name }) =>
      Object.entries(await servicesOn(fleet, name))
        .filter(([, pids]) => pids.length > 0)
        .map(([service]) => `${service} on ${name}`),
    ),
  );
  const answers = (await pages(fleet)).filter(({ code }) => code !== 0);
  return [...found.flat(), ...answers.map(({ role, code }) => `the page of ${role}: ${code}`)];
}
