import { expect } from '@jest/globals';
import { aptRunsOn, migrationsOn } from '../../../fleet/history.ts';
import type { Fleet } from '../../../fleet/index.ts';
import { packagesOn, pages, servicesOn } from '../../../fleet/oracle.ts';
import { allRows } from '../../../fleet/rows.ts';
import { servicesOf } from '../../../fleet/stacks/stack.ts';
import { hostsThat } from './host-journal.ts';
import { type Rows, wrongRows } from './migrated-rows.ts';
import { lostRows, type RowKeys, rowKeys } from './row-keys.ts';

/** What the stack's own packages are at in the end; 0.17 is on offer as well. */
const VERSION = '0.16.2';

/** The commands of each role, and what each of its migrations writes once. */
const MIGRATIONS: Readonly<Record<string, { commands: readonly string[]; migrations: readonly string[] }>> = {
  astakos: {
    commands: ['syncdb', 'migrate'],
    migrations: [
      'im.0004_base_project_fields',
      'im.0005_base_projects',
      'im.0006_project_quotas',
      'im.0007_fill_project_quotas',
      'quotaholder_app.0002_project_holdings',
    ],
  },
  cyclades: {
    commands: ['syncdb', 'migrate'],
    migrations: ['db.0003_volumes', 'db.0004_machine_project'],
  },
  pithos: { commands: ['pithos-migrate'], migrations: ['pithos.3b62b3f1bf6c', 'pithos.4451e80244a6'] },
};

/** All rows before an upgrade. */
export interface Before {
  readonly rows: Rows;
  readonly keys: RowKeys;
}

export async function lookBefore(fleet: Fleet): Promise<Before> {
  return { rows: await allRows(fleet), keys: await rowKeys(fleet) };
}

/** What ran more often than once, and why is for the test to know. */
export interface Repeated {
  readonly apt?: Readonly<Record<string, string>>;
  readonly migrations?: Readonly<Record<string, number>>;
}

/**
 * Proves from outside that all is upgraded, each part exactly once but for what is named, and that no row was lost.
 * @param down services that were down before and have to be down now, as `host: service`
 */
export async function expectUpgraded(
  fleet: Fleet,
  before: Before,
  repeated: Repeated = {},
  down: readonly string[] = [],
): Promise<void> {
  expect(await wrongVersions(fleet)).toEqual([]);
  expect((await downServices(fleet)).sort()).toEqual(down);
  expect(await wrongPages(fleet)).toEqual([]);
  expect(await aptCounts(fleet)).toEqual({ ...expectedAptCounts(fleet), ...repeated.apt });
  expect(await migrationCounts(fleet)).toEqual({
    ...expectedMigrationCounts(fleet),
    ...repeated.migrations,
  });
  expect(wrongRows(fleet, before.rows, await allRows(fleet))).toEqual([]);
  expect(await lostRows(fleet, before.keys)).toEqual([]);
  expect(await hostsThat(fleet, 'current')).toEqual([]);
  expect(await hostsThat(fleet, 'locked')).toEqual([]);
}

async function wrongVersions(fleet: Fleet): Promise<string[]> {
  const found = await Promise.all(
    fleet.hosts.map(async ({ name }) =>
      Object.entries(await packagesOn(fleet, name))
        .filter(([, version]) => !version.startsWith('ii '))
        .concat(
          Object.entries(await packagesOn(fleet, name)).filter(
            ([each, version]) => each.startsWith('snf-') && !version.startsWith(`ii ${VERSION}-`),
          ),
        )
        .map(([each, version]) => `${name}: ${each} ${version}`),
    ),
  );
  return found.flat();
}

/** As `host: service`. */
export async function downServices(fleet: Fleet): Promise<string[]> {
  const found = await Promise.all(
    fleet.hosts.map(async ({ name }) =>
      Object.entries(await servicesOn(fleet, name))
        .filter(([, pids]) => pids.length === 0)
        .map(([service]) => `${name}: ${service}`),
    ),
  );
  return found.flat();
}

async function wrongPages(fleet: Fleet): Promise<string[]> {
  return (await pages(fleet))
    .filter(({ code, body }) => code !== 200 || body.schema_ok !== true || body.version !== VERSION)
    .map(({ role, host, code, body }) => `${role} on ${host}: ${code} ${JSON.stringify(body)}`);
}

/** By host: how often apt changed the stack, and how often it came to a good end. */
async function aptCounts(fleet: Fleet): Promise<Record<string, string>> {
  const counts = await Promise.all(
    fleet.hosts.map(async ({ name }) => {
      const runs = (await aptRunsOn(fleet, name)).filter(({ packages }) =>
        packages.some((each) => each.startsWith('snf-')),
      );
      return [name, `${runs.length} begun, ${runs.filter(({ complete }) => complete).length} complete`];
    }),
  );
  return Object.fromEntries(counts);
}

function expectedAptCounts(fleet: Fleet): Record<string, string> {
  return Object.fromEntries(
    fleet.plan.hosts.map(({ name, roles }) => {
      const count = servicesOf(fleet.plan.stack, roles).length > 0 ? 1 : 0;
      return [name, `${count} begun, ${count} complete`];
    }),
  );
}

/** By `host event what`: how often it was recorded. */
export async function migrationCounts(fleet: Fleet): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of fleet.hosts) {
    for (const { event, what } of await migrationsOn(fleet, name)) {
      // pithos records the beginning of each migration only.
      if (event !== 'applied') {
        const key = `${name} ${event} ${what}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
    }
  }
  return counts;
}

export function expectedMigrationCounts(fleet: Fleet): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, roles } of fleet.plan.hosts) {
    for (const { commands, migrations } of roles.flatMap((role) => MIGRATIONS[role] ?? [])) {
      for (const key of [
        ...commands.flatMap((command) => [`${name} begin ${command}`, `${name} end ${command}`]),
        ...migrations.map((migration) => `${name} apply ${migration}`),
      ]) {
        counts[key] = (counts[key] ?? 0) + 1;
      }
    }
  }
  return counts;
}
