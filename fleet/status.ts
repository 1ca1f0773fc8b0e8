import type { Fleet } from './fleet.ts';
import { servicesOn } from './oracle.ts';
import { servicesOf } from './stacks/stack.ts';

/** A few lines for people: addresses, versions, services, and where the keys are. */
export async function statusText(fleet: Fleet): Promise<string> {
  const { stack } = fleet.plan;
  const rows = await Promise.all(
    fleet.plan.hosts.map(async ({ name, init, roles }) => {
      const address = fleet.host(name).address.padEnd(14);
      const head = `${name.padEnd(9)} ${address} ${init.padEnd(8)}`;
      const version = await fleet
        .exec(name, `dpkg-query -W -f '\${Version}' ${stack.leader} 2>/dev/null || echo -`)
        .catch(() => undefined);
      if (version === undefined) return `${head} down`;
      const running = await servicesOn(fleet, name);
      const services = servicesOf(stack, roles)
        .map((service) => `${service}${running[service]?.length ? '' : ' (down)'}`)
        .join(', ');
      return `${head} ${version.stdout.trim().padEnd(10)} ${roles.join(',') || 'database'} ${services}`;
    }),
  );
  return [
    `fleet ${fleet.name}, layout ${fleet.layout}, bridge ${fleet.bridge}`,
    ...rows.map((row) => `  ${row}`),
    `  key ${fleet.keyFile}`,
    `  known hosts ${fleet.knownHostsFile}`,
    `  inventory ${fleet.inventoryFile}`,
    `  the pages' token ${fleet.token}`,
  ].join('\n');
}
