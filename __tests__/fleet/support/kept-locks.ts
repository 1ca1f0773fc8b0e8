import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/fleet.ts';
import { eachHost, printed } from './each-host.ts';
import { allSteps, hostsThat } from './host-journal.ts';

/** What is on the hosts after the `post` of a run or job that did not end well. */
export interface Kept {
  /** `host id state` of every step on the hosts. */
  readonly steps: readonly string[];
  readonly locked: readonly string[];
  /** Hosts with our policy-rc.d. */
  readonly policies: readonly string[];
}

/**
 * Proves that exactly those hosts keep lock and policy-rc.d that have to. The lock stays where a step of ours still
 * runs, and with it on the first host, which decides whether an upgrade exists. The policy goes with the lock: until
 * then a run is at work on the host, and goes on with services that are down. It outlives the lock only where a package
 * is not configured to its end, since whoever does that would start them.
 * @param said what `post` printed: it names the steps that it found running
 */
export async function expectKept(fleet: Fleet, said: string): Promise<Kept> {
  const steps = await allSteps(fleet);
  const locked = await hostsThat(fleet, 'locked');
  const policies = await hostsWithPolicy(fleet);
  expect(locked).toEqual(lockedBy(fleet, said));
  const unfinished = await hostsThatPrint(fleet, UNFINISHED);
  const kept = fleet.hosts
    .map(({ name }) => name)
    .filter((host) => steps.includes(`${host} install-packages.policy 0`))
    .filter((host) => !steps.includes(`${host} start-services.release 0`))
    .filter((host) => locked.includes(host) || unfinished.includes(host));
  expect({ policies, locked, unfinished }).toEqual({ policies: kept, locked, unfinished });
  return { steps, locked, policies };
}

/** Hosts on which a policy of ours keeps packages from starting the services. */
export async function hostsWithPolicy(fleet: Fleet): Promise<string[]> {
  return await hostsThatPrint(fleet, POLICY);
}

const POLICY = 'grep -l synnefo-upgrade /usr/sbin/policy-rc.d 2>/dev/null; true';

/** Packages that are half-configured, or worse. */
const UNFINISHED = "dpkg -l | grep -E '^.[UFH]'; true";

async function hostsThatPrint(fleet: Fleet, script: string): Promise<string[]> {
  const found = await eachHost(fleet, (host) => printed(fleet, host, script));
  return Object.keys(found).filter((host) => found[host] !== '');
}

function lockedBy(fleet: Fleet, said: string): string[] {
  const busy = [...said.matchAll(/^::warning::(\S+): .* still runs: the lock stays/gm)].map(
    ([, host]) => host,
  );
  const [first] = fleet.hosts;
  return fleet.hosts
    .filter((host) => busy.includes(host.name) || (busy.length > 0 && host === first))
    .map(({ name }) => name);
}
