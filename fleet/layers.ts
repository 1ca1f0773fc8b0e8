import { baseRoot } from './base.ts';
import { runInRoot } from './container.ts';
import { kept } from './drafts.ts';
import { databasesOn, type HostPlan, isWebRole, type Layout } from './layouts.ts';
import { digest } from './paths.ts';
import { type Ingredients, packagesOf, STOP_CLUSTER, seeds, shellFile } from './seeds.ts';

/** Shell text that makes a cluster with these databases from /seeds. */
function clusterScript(databases: readonly string[]): string {
  const restore = databases.flatMap((name) => [
    `as_postgres createdb --owner synnefo ${name}`,
    `as_postgres psql -q -v ON_ERROR_STOP=1 ${name} < /seeds/${name}.sql > /dev/null`,
  ]);
  return [shellFile('cluster.sh'), ...restore, STOP_CLUSTER].join('\n');
}

/** What the shell files want to know of a host. */
function environmentOf(layout: Layout, host: HostPlan): Record<string, string> {
  const web = layout.databases[host.roles.find(isWebRole) ?? 'astakos'];
  return {
    PACKAGES: packagesOf(host.roles).join(' '),
    ROLES: host.roles.join(' '),
    DATABASE_HOST: web.on,
    DATABASE_NAME: web.name,
    PITHOS_HOST: layout.databases.pithos.on,
    PITHOS_DATABASE: layout.databases.pithos.name,
  };
}

/** The layer that makes a base a host of the 0.15 installation. */
async function hostLayer(layout: Layout, host: HostPlan, base: string, given: Ingredients): Promise<string> {
  const { repository, log } = given;
  const databases = databasesOn(layout, host.name);
  const folder = databases.length > 0 ? await seeds(layout, given) : undefined;
  const env = environmentOf(layout, host);
  const parts = [shellFile('install.sh'), shellFile('operator.sh')];
  if (databases.length > 0) parts.push(clusterScript(databases));
  const script = parts.join('\n');
  const key = `host-${host.name}-${digest(base, repository, folder ?? '', JSON.stringify(env), script)}`;
  const readOnlyBinds = { '/repository': repository, ...(folder ? { '/seeds': folder } : {}) };
  const announce = (): void => log(`installing 0.15 on ${host.name}`);
  return kept(key, base, announce, (draft) => runInRoot({ ...draft, readOnlyBinds, env }, script));
}

/** The layers below a host's own writable one, topmost first; built where they are not there yet. */
export async function lowerLayers(layout: Layout, host: HostPlan, given: Ingredients): Promise<string[]> {
  const base = await baseRoot(host.init, given.log);
  return [await hostLayer(layout, host, base, given), base];
}
