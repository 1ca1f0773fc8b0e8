import { join } from 'node:path';
import { withLock } from './lock.ts';
import { digest, STATE } from './paths.ts';
import { attempt, run } from './process.ts';

export interface Network {
  bridge: string;
  /** First three numbers, "10.83.17". */
  prefix: string;
}

/** Interface name of a fleet's bridge; 15 characters are the kernel's limit. */
export function bridgeOf(id: string): string {
  return `snf${digest(id).slice(0, 10)}`;
}

/** Subnets a fleet may take, in the order in which it asks for them. */
export function candidates(id: string): string[] {
  const start = Number.parseInt(digest(id, 'subnet').slice(0, 8), 16);
  return Array.from({ length: 64 * 256 }, (_, step) => {
    const place = (start + step * 257) % (64 * 256);
    return `10.${64 + Math.floor(place / 256)}.${place % 256}`;
  });
}

/** Makes the fleet's bridge on a subnet that nothing on this machine has an address or a route in. */
export async function openNetwork(id: string): Promise<Network> {
  const bridge = bridgeOf(id);
  return withLock(join(STATE, 'network.lock'), async () => {
    const routes = (await run('ip', ['-4', 'route', 'show', 'table', 'all'])).stdout;
    const prefix = candidates(id).find((each) => !routes.includes(`${each}.`));
    if (prefix === undefined) throw new Error('no free /24 in 10.64.0.0/10 for the fleet');
    await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
    await run('ip', ['addr', 'add', `${prefix}.1/24`, 'dev', bridge]);
    await run('ip', ['link', 'set', bridge, 'up']);
    // Where a container engine filters bridged packets and drops what it does not know, hosts could not talk.
    await run('iptables', ['-I', 'FORWARD', ...forwarding(bridge)]);
    return { bridge, prefix };
  });
}

function forwarding(bridge: string): string[] {
  return ['-i', bridge, '-o', bridge, '-j', 'ACCEPT'];
}

/** Forgets the packet rules that faults made for this bridge. */
export async function forgetFaults(bridge: string): Promise<void> {
  const { stdout } = await run('iptables', ['-S', 'INPUT']);
  for (const rule of stdout.split('\n').filter((line) => line.includes(` ${bridge} `))) {
    await run('iptables', ['-D', ...rule.trim().split(' ').slice(1)]);
  }
}

/** Takes the bridge and its rules away; what is not there is fine. */
export async function closeNetwork(id: string): Promise<void> {
  const bridge = bridgeOf(id);
  await forgetFaults(bridge);
  while ((await attempt('iptables', ['-D', 'FORWARD', ...forwarding(bridge)])).code === 0);
  if ((await attempt('ip', ['link', 'show', bridge])).code === 0) await run('ip', ['link', 'del', bridge]);
}
