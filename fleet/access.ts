import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fleet } from './fleet.ts';
import { type Identity, knownHostsLines, makeHostKeys, makeKey } from './identity.ts';
import { inventoryText } from './inventory.ts';

/** Folder of a host's own ssh keys, which outlive a reset. */
function keysOf(fleet: Fleet, host: string): string {
  return join(fleet.folder, 'host-keys', host);
}

/** What makes a fresh root the host `name` of this fleet. */
export function identityOf(fleet: Fleet, name: string): Identity {
  const hosts = [...fleet.hosts, { name: 'repository.fleet', address: fleet.address }];
  return {
    plan: fleet.machine(name).plan,
    stack: fleet.plan.stack,
    address: fleet.host(name).address,
    gateway: fleet.address,
    keys: keysOf(fleet, name),
    authorizedKey: readFileSync(`${fleet.keyFile}.pub`, 'utf8'),
    hosts: hosts.map((host) => `${host.address} ${host.name}\n`).join(''),
    token: fleet.token,
  };
}

/** Makes the keys of a new fleet and writes known_hosts, the inventory and the token of the pages. */
export async function writeAccess(fleet: Fleet): Promise<void> {
  mkdirSync(fleet.folder, { recursive: true, mode: 0o700 });
  await makeKey(fleet.keyFile, 'ed25519');
  await Promise.all(fleet.hosts.map((host) => makeHostKeys(keysOf(fleet, host.name))));
  const lines = fleet.hosts.flatMap((host) => knownHostsLines(host.address, keysOf(fleet, host.name)));
  writeFileSync(fleet.knownHostsFile, `${lines.join('\n')}\n`);
  writeFileSync(
    fleet.inventoryFile,
    inventoryText(fleet.plan, (name) => fleet.host(name).address),
  );
  writeFileSync(join(fleet.folder, 'token'), fleet.token, { mode: 0o600 });
}
