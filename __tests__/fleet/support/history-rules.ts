import { type AptRun, aptRunsOn, type MigrationRecord, migrationsOn } from '../../../fleet/history.ts';
import type { Fleet } from '../../../fleet/index.ts';
import { eachHost } from './each-host.ts';

/** What the migration of each role calls itself, and the steps of it that 0.16 brings. */
const MIGRATIONS: Readonly<Record<string, { commands: readonly string[]; steps: readonly string[] }>> = {
  astakos: {
    commands: ['syncdb', 'migrate'],
    steps: [
      'im.0004_base_project_fields',
      'im.0005_base_projects',
      'im.0006_project_quotas',
      'im.0007_fill_project_quotas',
      'quotaholder_app.0002_project_holdings',
    ],
  },
  cyclades: {
    commands: ['syncdb', 'migrate'],
    steps: ['db.0003_volumes', 'db.0004_machine_project'],
  },
  pithos: {
    commands: ['pithos-migrate'],
    steps: ['pithos.3b62b3f1bf6c', 'pithos.4451e80244a6'],
  },
};

/** What ran on a host, sorted: every migration command to its end, and every single migration. */
interface Migrated {
  readonly begun: readonly string[];
  readonly ended: readonly string[];
  readonly applied: readonly string[];
}

/** The migrations that one upgrade runs on every host: each exactly once. */
export function migrationsOnce(fleet: Fleet): Record<string, Migrated> {
  return Object.fromEntries(
    fleet.plan.hosts.map(({ name, roles }) => {
      const own = roles.flatMap((role) => MIGRATIONS[role] ?? []);
      const commands = own.flatMap((each) => each.commands).toSorted();
      return [
        name,
        { begun: commands, ended: commands, applied: own.flatMap((each) => each.steps).toSorted() },
      ];
    }),
  );
}

/** The migrations that really ran, by the record that they write beside the databases. */
export async function migrationsDone(fleet: Fleet): Promise<Record<string, Migrated>> {
  return await eachHost(fleet, async (host) => {
    const records = await migrationsOn(fleet, host);
    const of = (event: MigrationRecord['event']): string[] =>
      records.filter((record) => record.event === event).map(({ what }) => what);
    return { begun: of('begin').sort(), ended: of('end').sort(), applied: of('apply').sort() };
  });
}

/** Migration commands that began while another one of the same host had not ended. */
export async function overlaps(fleet: Fleet, host: string): Promise<string[]> {
  let running: string | null = null;
  const found: string[] = [];
  for (const { event, what } of await migrationsOn(fleet, host)) {
    if (event === 'begin') {
      if (running !== null) {
        found.push(`${what} during ${running}`);
      }
      running = what;
    } else if (event === 'end') {
      running = null;
    }
  }
  return found;
}

/** Transactions of apt that changed packages, by host. */
export async function transactions(fleet: Fleet): Promise<Record<string, AptRun[]>> {
  return await eachHost(fleet, async (host) =>
    (await aptRunsOn(fleet, host)).filter(({ packages }) => packages.length > 0),
  );
}
