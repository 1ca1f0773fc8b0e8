import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { databaseOf } from '../../../fleet/layouts.ts';
import type { UpgradeRun } from '../../../fleet/operator.ts';
import { psql } from '../../../fleet/oracle.ts';
import { migrationsDone, migrationsOnce } from './history-rules.ts';
import { lostRows, type RowKeys, rowKeys } from './row-keys.ts';
import { RUN_LIMIT, type Scene } from './scene.ts';

/** An upgrade whose migrations may ask, on a fleet that is fresh again. */
export function aQuestion(scene: () => Scene): void {
  describe('an upgrade without --noinput', () => {
    let run: UpgradeRun;
    let before: RowKeys;
    let stale: string;

    beforeAll(async () => {
      const { fleet, operator } = scene();
      await fleet.reset();
      before = await rowKeys(fleet);
      stale = await staleTypes(scene());
      const plan = readFileSync(new URL('../../../plans/synnefo-0.16.yml', import.meta.url), 'utf8');
      const asking = plan.replaceAll(' --noinput', '');
      expect(asking).not.toBe(plan);
      run = await operator.upgrade({ inputs: { plan: operator.write('asking.yml', asking) } });
    }, RUN_LIMIT);

    it('meets the question and answers it as the plan says', () => {
      const asked = run.log.match(/Type 'yes' to continue, or 'no' to cancel: no\b/g) ?? [];
      expect(run.report?.outcome).toBe('finished');
      expect(asked.length).toBeGreaterThanOrEqual(3);
      expect(run.log.match(/Stale content types remain\./g)).toHaveLength(asked.length);
    });

    it('keeps every row, those in question too', async () => {
      const { fleet } = scene();
      expect(stale).toContain('invitation');
      expect(await staleTypes(scene())).toBe(stale);
      expect(await lostRows(fleet, before)).toEqual([]);
      expect(await migrationsDone(fleet)).toEqual(migrationsOnce(fleet));
    });
  });
}

/** Content types of models that went with earlier releases, with how many permissions each has. */
async function staleTypes({ fleet }: Scene): Promise<string> {
  return await psql(
    fleet,
    databaseOf(fleet.plan, 'astakos').name,
    `SELECT app_label, model, count(p.id) FROM django_content_type t LEFT JOIN auth_permission p
       ON p.content_type_id = t.id WHERE model IN ('message', 'invitation', 'flavorextra') GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}
