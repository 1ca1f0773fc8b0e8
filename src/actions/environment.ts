import { join } from 'node:path';
import { connectHosts } from '../adapters/connect-hosts.ts';
import { type LoadedUpgrade, loadUpgradeFiles } from '../config/load.ts';
import type { Log, Transport } from '../ports.ts';
import type { Connection } from './connection.ts';

/** Where the suite itself lies: the bundle's folder is beside that of the built-in plans. */
function suiteFolder(): string {
  return join(import.meta.dirname, '..');
}

/** Reads plan and inventory. @throws ConfigurationError with every mistake in them */
export function loadFiles({ plan, inventory }: Connection): LoadedUpgrade {
  return loadUpgradeFiles({
    plan,
    inventory,
    builtInFolder: join(suiteFolder(), 'plans'),
    workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
  });
}

/** A way to every host of the inventory, with the key that was given or the agent's. */
export function connect(
  { auth, knownHosts }: Connection,
  { inventory }: LoadedUpgrade,
  log: Log,
): Map<string, Transport> {
  return connectHosts(inventory, auth, knownHosts, log);
}
