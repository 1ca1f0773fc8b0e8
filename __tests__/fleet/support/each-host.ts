import type { Fleet } from '../../../fleet/index.ts';

/** Asks something of every host, one after the other, and has the answers by name. */
export async function eachHost<T>(
  fleet: Fleet,
  ask: (host: string) => Promise<T>,
): Promise<Record<string, T>> {
  const answers: Record<string, T> = {};
  for (const { name } of fleet.hosts) {
    answers[name] = await ask(name);
  }
  return answers;
}

/** What a script prints on a host. @throws Error when it ends with anything but 0 */
export async function printed(fleet: Fleet, host: string, script: string, input?: string): Promise<string> {
  const { code, stdout, stderr } = await fleet.exec(host, script, input);
  if (code !== 0) {
    throw new Error(`${host}: exit code ${code}: ${script}\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  }
  return stdout;
}

/** Hosts with packages of the stack: all but those that only have databases. */
export function stackHosts(fleet: Fleet): string[] {
  return fleet.hosts.filter(({ roles }) => roles.length > 0).map(({ name }) => name);
}

/** Hosts that a database server runs on. */
export function databaseHosts(fleet: Fleet): string[] {
  return [...new Set(Object.values(fleet.plan.databases).map(({ on }) => on))];
}
