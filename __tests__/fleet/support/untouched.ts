import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/index.ts';
import { packagesOn, servicesOn } from '../../../fleet/oracle.ts';
import { allRows } from '../../../fleet/rows.ts';
import { filesOn } from '../../../fleet/snapshot.ts';
import { eachHost, printed } from './each-host.ts';

/** Runs something, and proves that it left every file, version and process of the hosts as it was. */
export async function expectUntouched<T>(
  fleet: Fleet,
  run: () => Promise<T>,
  away: readonly string[] = [],
): Promise<T> {
  const before = await look(fleet, away);
  const result = await run();
  expect(await look(fleet, away)).toEqual(before);
  return result;
}

async function look(fleet: Fleet, away: readonly string[]): Promise<unknown> {
  const hosts = fleet.hosts.map(({ name }) => name).filter((name) => !away.includes(name));
  return await Promise.all(
    hosts.map(async (host) => [host, await filesOn(fleet, host), await servicesOn(fleet, host)]),
  );
}

/** What an abandoned upgrade has to leave as it was: processes may be new ones, files only where it remembers. */
export interface Standing {
  readonly versions: unknown;
  readonly running: unknown;
  readonly settings: unknown;
  readonly rows: unknown;
}

export async function standing(fleet: Fleet): Promise<Standing> {
  return {
    versions: await eachHost(fleet, (host) => packagesOn(fleet, host)),
    running: await eachHost(fleet, async (host) =>
      Object.entries(await servicesOn(fleet, host)).map(([name, pids]) => [name, pids.length > 0]),
    ),
    settings: await eachHost(fleet, (host) => printed(fleet, host, SETTINGS)),
    rows: await allRows(fleet),
  };
}

/** Every file of /etc with its hash and every link with its target; what keeps services from starting is there. */
const SETTINGS = `find /etc /usr/sbin/policy-rc.d -type f -exec sha256sum {} + 2>/dev/null | sort -k 2
find /etc -type l -printf '%p %l\\n' | sort`;
