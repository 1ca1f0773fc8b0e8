import { join } from 'node:path';
import { connectHosts } from '../adapters/connect-hosts.ts';
import { type LoadedUpgrade, loadUpgradeFiles } from '../config/load.ts';
import type { Log, Transport } from '../ports.ts';
import type { Inputs } from './inputs.ts';

/** Where the suite itself lies: the bundle's folder is beside that of the built-in plans. */
function suiteFolder(): string {
  return join(import.meta.dirname, '..');
}

/** Reads plan and inventory. @throws ConfigurationError with every mistake in them */
export function loadFiles({ plan, inventory }: Inputs): LoadedUpgrade {
  return loadUpgradeFiles({
    plan,
    inventory,
    builtInFolder: join(suiteFolder(), 'plans'),
    workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
  });
}

/** A way to every host of the inventory, with the key that was given or the agent's. */
export function connect(inputs: Inputs, { inventory }: LoadedUpgrade, log: Log): Map<string, Transport> {
  const agent = process.env.SSH_AUTH_SOCK;
  const auth = {
    ...(inputs.sshKey === undefined ? {} : { privateKey: inputs.sshKey }),
    ...(inputs.sshKeyPassphrase === undefined ? {} : { passphrase: inputs.sshKeyPassphrase }),
    ...(inputs.sshKey === undefined && agent !== undefined ? { agent } : {}),
  };
  return connectHosts(inventory, auth, inputs.knownHosts, log);
}
