import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseRoot } from './base.ts';
import { runInRoot } from './container.ts';
import { kept } from './drafts.ts';
import type { Layout } from './layouts.ts';
import type { Log } from './log.ts';
import { releasesOf } from './packages/catalogue.ts';
import { digest, digestOfTree, FLEET_SOURCES } from './paths.ts';
import { packagesOf, type Stack } from './stacks/stack.ts';

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

/** What apt is asked to install for roles: `name=version` of the release that is to be upgraded. */
export function installed(stack: Stack, roles: readonly string[]): string {
  return packagesOf(stack, roles)
    .map((name) => `${name}=${releasesOf(name)[0]?.version}`)
    .join(' ');
}

/** Which components live in a database. */
export function componentsOf(layout: Layout, database: string): string[] {
  return Object.entries(layout.databases)
    .filter(([, plan]) => plan.name === database)
    .map(([key]) => key);
}

/** SQL text of the databases of a layout as they are before the upgrade: a folder with NAME.sql for each. */
export async function seeds(layout: Layout, { repository, log }: Ingredients): Promise<string> {
  const { stack } = layout;
  const names = [...new Set(Object.values(layout.databases).map((database) => database.name))];
  const base = await baseRoot('systemd', log);
  const fill = names.map(
    (name) =>
      `DATABASE=${name} COMPONENTS='${componentsOf(layout, name).join(' ')}'\n${shellFile(`${stack.name}/seed.sh`)}`,
  );
  const script = [shellFile('install.sh'), shellFile('cluster.sh'), ...fill, STOP_CLUSTER].join('\n');
  const key = `seeds-${digest(base, repository, script, digestOfTree(join(FILES, stack.name)))}`;
  const announce = (): void => log(`filling the databases ${names.join(', ')}`);
  const layer = await kept(key, base, announce, async ({ root, group }) => {
    mkdirSync(join(root, 'out'));
    const readOnlyBinds = { '/repository': repository, '/seeds': join(FILES, stack.name, 'seeds') };
    const env = { PACKAGES: installed(stack, stack.seeders), DATABASE_USER: stack.databaseUser };
    await runInRoot({ root, group, readOnlyBinds, env }, script);
  });
  return join(layer, 'out');
}
