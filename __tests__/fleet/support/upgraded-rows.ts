import { expect, it } from '@jest/globals';
import { databaseOf } from '../../../fleet/layouts.ts';
import { eachHost } from './each-host.ts';
import { migrationsDone, migrationsOnce, overlaps } from './history-rules.ts';
import { lostRows } from './row-keys.ts';
import type { Scene } from './scene.ts';

/** The databases after the upgrade. */
export function keepsEveryRow(scene: () => Scene): void {
  it('runs every migration exactly once, and one at a time on a database', async () => {
    const { fleet } = scene();
    expect(await migrationsDone(fleet)).toEqual(migrationsOnce(fleet));
    expect(await eachHost(fleet, (host) => overlaps(fleet, host))).toEqual(
      Object.fromEntries(fleet.hosts.map(({ name }) => [name, []])),
    );
  });

  it('loses no row', async () => {
    expect(await lostRows(scene().fleet, scene().rowsBefore)).toEqual([]);
  });

  it('adds the rows of the new version, permissions of its models included', () => {
    const { fleet, before } = scene();
    const [astakos, cyclades, pithos] = ['astakos', 'cyclades', 'pithos'].map(
      (role) => databaseOf(fleet.plan, role).name,
    ) as [string, string, string];
    const grown = (database: string, table: string): number =>
      (scene().after('upgrade').rows[database]?.[`public.${table}`]?.count ?? 0) -
      (before.rows[database]?.[`public.${table}`]?.count ?? 0);
    expect({
      projects: grown(astakos, 'im_project'),
      memberships: grown(astakos, 'im_projectmembership'),
      quotas: grown(astakos, 'im_projectresourcequota'),
      holdings: grown(astakos, 'quotaholder_app_holding'),
      volumes: grown(cyclades, 'db_volume'),
      policies: grown(pithos, 'policy'),
      permissions: grown(astakos, 'auth_permission'),
    }).toEqual({
      projects: 20_000,
      memberships: 20_000,
      quotas: 20_000,
      holdings: 40_000,
      volumes: 15_000,
      policies: 20_000,
      // Three of every new model; those of cyclades too, where it shares the database.
      permissions: astakos === cyclades ? 6 : 3,
    });
  });
}
