import type { Inventory, InventoryHost } from '../domain/inventory.ts';
import { jumpOf } from '../domain/jump.ts';
import type { Log, Transport } from '../ports.ts';
import { connectLocal } from './local.ts';
import { connectSsh } from './ssh.ts';
import type { SshAuth, SshTarget } from './ssh-target.ts';

/** Milliseconds; a host that is silent for the product of the last two is taken for lost. */
const TIMES = { connectTimeout: 15_000, keepaliveInterval: 5_000, keepaliveCount: 3 };

/**
 * A transport for every host of the inventory, in its order. Nothing is connected yet.
 * @throws ConfigurationError when the key or known_hosts cannot be read
 */
export function connectHosts(
  inventory: Inventory,
  auth: SshAuth,
  knownHosts: string,
  log: Log,
): Map<string, Transport> {
  return new Map(
    Object.entries(inventory.hosts).map(([name, host]) => [
      name,
      host.local
        ? connectLocal(name, log)
        : connectSsh(targetOf(inventory, name, host), auth, { ...TIMES, knownHosts, log }),
    ]),
  );
}

function targetOf(inventory: Inventory, name: string, { address, port, user }: InventoryHost): SshTarget {
  const jump = jumpOf(inventory, name);
  const target = { name, address, port, user };
  if (jump === null) {
    return target;
  }
  if (jump.kind === 'address') {
    const through = { name: jump.address, address: jump.address, port: jump.port, user: jump.user ?? user };
    return { ...target, jump: through };
  }
  const host = inventory.hosts[jump.name];
  return host === undefined ? target : { ...target, jump: targetOf(inventory, jump.name, host) };
}
