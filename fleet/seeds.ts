import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseRoot } from './base.ts';
import { runInRoot } from './container.ts';
import { kept } from './drafts.ts';
import { type Layout, PACKAGES, type Role, type WebRole } from './layouts.ts';
import type { Log } from './log.ts';
import { digest, digestOfTree, FLEET_SOURCES } from './paths.ts';

const FILES = join(FLEET_SOURCES, 'files');

/** What every layer is made from, beside what is its own. */
export interface Ingredients {
  repository: string;
  log: Log;
}

/** Text of one of the fleet's shell files. */
export function shellFile(name: string): string {
  return readFileSync(join(FILES, name), 'utf8');
}

export const STOP_CLUSTER = 'pg_ctlcluster --skip-systemctl-redirect 15 main stop';

/** Names of the packages of roles, each once, with what web roles need beside their own. */
export function packagesOf(roles: readonly Role[]): string[] {
  const own = roles.some((role) => role !== 'ganeti') ? ['gunicorn-services'] : [];
  return [...new Set([...own, ...roles.flatMap((role) => PACKAGES[role])])];
}

/** Which components live in a database. */
export function componentsOf(layout: Layout, database: string): WebRole[] {
  const entries = Object.entries(layout.databases) as [WebRole, { name: string }][];
  return entries.filter(([, plan]) => plan.name === database).map(([role]) => role);
}

/** SQL text of the databases of a layout as they are under 0.15: a folder with NAME.sql for each. */
export async function seeds(layout: Layout, { repository, log }: Ingredients): Promise<string> {
  const names = [...new Set(Object.values(layout.databases).map((database) => database.name))];
  const base = await baseRoot('systemd', log);
  const fill = names.map(
    (name) =>
      `DATABASE=${name} COMPONENTS='${componentsOf(layout, name).join(' ')}'\n${shellFile('seed.sh')}`,
  );
  const script = [shellFile('install.sh'), shellFile('cluster.sh'), ...fill, STOP_CLUSTER].join('\n');
  const key = `seeds-${digest(base, repository, script, digestOfTree(join(FILES, 'seeds')))}`;
  const announce = (): void => log(`filling the databases ${names.join(', ')}`);
  const layer = await kept(key, base, announce, async ({ root, group }) => {
    mkdirSync(join(root, 'out'));
    const readOnlyBinds = { '/repository': repository, '/seeds': join(FILES, 'seeds') };
    const env = { PACKAGES: packagesOf(['astakos', 'cyclades', 'pithos']).join(' ') };
    await runInRoot({ root, group, readOnlyBinds, env }, script);
  });
  return join(layer, 'out');
}
