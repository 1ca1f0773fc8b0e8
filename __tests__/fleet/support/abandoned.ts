import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/index.ts';
import { eachHost, printed } from './each-host.ts';
import { hostsThat } from './host-journal.ts';
import { standing } from './untouched.ts';

/** What a run says that failed before the first package was touched. */
export const OVER = /is over: no package and no row was touched, and what was stopped was started again/;

/** Whatever goes wrong in a run, everything runs again as it did, and nothing of the upgrade is left standing. */
export async function expectAbandoned(fleet: Fleet, run: () => Promise<void>): Promise<void> {
  const before = await standing(fleet);
  await run();
  expect(await standing(fleet)).toEqual(before);
  expect(await hostsThat(fleet, 'current')).toEqual([]);
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
  const left = 'cd /var/lib/synnefo-upgrade && ls -d hold held policy* lock current 2>/dev/null; true';
  expect(Object.values(await eachHost(fleet, (host) => printed(fleet, host, left))).join('')).toBe('');
}
