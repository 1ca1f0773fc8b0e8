import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/index.ts';
import { pages } from '../../../fleet/oracle.ts';
import { alterPackage } from '../../../fleet/repository-faults.ts';
import { rowsOf } from '../../../fleet/rows.ts';
import type { ReportedDump } from '../../../src/domain/report.ts';
import { printed } from './each-host.ts';
import { hostsThat } from './host-journal.ts';
import type { Before, Repeated } from './upgraded.ts';

/** A script of a plan of which nobody said that it may be repeated. */
export const FILL = `
  - name: fill
    after: migrate
    roles: [cyclades]
    run: test -e /root/allowed || { echo nobody allowed this; exit 1; }
`;

/** What runs more than once where a package was repaired and two databases were restored after their migrations. */
export const REPEATED: Repeated = {
  // Broken and repaired; on the other hosts apt ran once.
  apt: { node1: '2 begun, 1 complete' },
  // Once until the constraint, and once more on the restored database.
  migrations: {
    'astakos begin syncdb': 2,
    'astakos end syncdb': 2,
    'astakos begin migrate': 2,
    'astakos apply im.0004_base_project_fields': 2,
    'astakos apply im.0005_base_projects': 2,
    'cyclades begin syncdb': 2,
    'cyclades end syncdb': 2,
    'cyclades begin migrate': 2,
    'cyclades end migrate': 2,
    'cyclades apply db.0003_volumes': 2,
    'cyclades apply db.0004_machine_project': 2,
  },
};

/** While an upgrade is unfinished nothing serves, the hosts know it, and whoever comes next may have the lock. */
export async function expectStanding(fleet: Fleet): Promise<void> {
  expect((await pages(fleet)).filter(({ code }) => code !== 0)).toEqual([]);
  expect(await hostsThat(fleet, 'current')).toEqual(fleet.hosts.map(({ name }) => name));
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
}

/** Pastes what the report says into a root shell of the database's host; the rows of before are back then. */
export async function restoreByHand(
  fleet: Fleet,
  dump: ReportedDump | undefined,
  before: Before,
): Promise<void> {
  const { host = '', name = '', restore = '' } = dump ?? {};
  expect(await printed(fleet, host, 'cd /root && bash --login', restore)).toContain(`restored: ${name}`);
  expect(await rowsOf(fleet, name)).toEqual(before.rows[name]);
}

/** A package of the next revision, which is what the planned one should have been. */
export async function offerRepaired(fleet: Fleet, name: string, version: string): Promise<void> {
  await alterPackage(fleet, name, '0.16.2-1', (tree) => {
    const control = join(tree, 'DEBIAN', 'control');
    writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  });
}
