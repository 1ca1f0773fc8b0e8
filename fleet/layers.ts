import { baseRoot } from './base.ts';
import { runInRoot } from './container.ts';
import { kept } from './drafts.ts';
import { databasesOn, type HostPlan, type Layout } from './layouts.ts';
import { digest } from './paths.ts';
import { type Ingredients, installed, STOP_CLUSTER, seeds, shellFile } from './seeds.ts';

/** Shell text that makes a cluster with these databases from /seeds. */
function clusterScript(owner: string, databases: readonly string[]): string {
  const restore = databases.flatMap((name) => [
    `as_postgres createdb --owner ${owner} ${name}`,
    `as_postgres psql -q -v ON_ERROR_STOP=1 ${name} < /seeds/${name}.sql > /dev/null`,
  ]);
  return [shellFile('cluster.sh'), ...restore, STOP_CLUSTER].join('\n');
}

/** What the shell files want to know of a host. */
function environmentOf(layout: Layout, host: HostPlan): Record<string, string> {
  const { stack, databases } = layout;
  return {
    PACKAGES: installed(stack, host.roles),
    ROLES: host.roles.join(' '),
    DATABASE_USER: stack.databaseUser,
    ...stack.environment({ roles: host.roles, databases }),
  };
}

/** The layer that makes a base a host of the installation that is to be upgraded. */
async function hostLayer(layout: Layout, host: HostPlan, base: string, given: Ingredients): Promise<string> {
  const { repository, log } = given;
  const databases = databasesOn(layout, host.name);
  const folder = databases.length > 0 ? await seeds(layout, given) : undefined;
  const env = environmentOf(layout, host);
  const parts = [shellFile('install.sh'), shellFile(`${layout.stack.name}/operator.sh`)];
  if (databases.length > 0) parts.push(clusterScript(layout.stack.databaseUser, databases));
  const script = parts.join('\n');
  const key = `host-${host.name}-${digest(base, repository, folder ?? '', JSON.stringify(env), script)}`;
  const readOnlyBinds = { '/repository': repository, ...(folder ? { '/seeds': folder } : {}) };
  const announce = (): void => log(`installing ${layout.stack.name} on ${host.name}`);
  return kept(key, base, announce, (draft) => runInRoot({ ...draft, readOnlyBinds, env }, script));
}

/** The layers below a host's own writable one, topmost first; built where they are not there yet. */
export async function lowerLayers(layout: Layout, host: HostPlan, given: Ingredients): Promise<string[]> {
  const base = await baseRoot(host.init, given.log);
  return [await hostLayer(layout, host, base, given), base];
}
