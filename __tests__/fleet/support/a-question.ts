import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { databaseOf } from '../../../fleet/layouts.ts';
import type { UpgradeRun } from '../../../fleet/operator.ts';
import { psql } from '../../../fleet/oracle.ts';
import { aCrash, TELL } from './a-crash.ts';
import { migrationsDone, migrationsOnce } from './history-rules.ts';
import { lostRows, type RowKeys, rowKeys } from './row-keys.ts';
import { RUN_LIMIT, type Scene } from './scene.ts';

/** An upgrade whose hosts crash after the install and whose migrations may ask, on a fleet that is fresh. */
export function aQuestion(scene: () => Scene): void {
  describe('an upgrade without --noinput', () => {
    let run: UpgradeRun;
    let before: RowKeys;
    let stale: string;
    let plan: string;

    beforeAll(async () => {
      const { fleet, operator } = scene();
      before = await rowKeys(fleet);
      stale = await staleTypes(scene());
      const builtIn = readFileSync(new URL('../../../plans/synnefo-0.16.yml', import.meta.url), 'utf8');
      const asking = builtIn.replaceAll(' --noinput', '');
      expect(asking).not.toBe(builtIn);
      plan = operator.write('asking.yml', `${asking.trimEnd()}\n${TELL}`);
    }, RUN_LIMIT);

    aCrash(scene, () => plan);

    it(
      'meets the question and answers it as the plan says',
      async () => {
        run = await scene().operator.upgrade({ inputs: { plan } });
        const asked = run.log.match(/Type 'yes' to continue, or 'no' to cancel: no\b/g) ?? [];
        expect(run.report?.outcome).toBe('finished');
        expect(run.code).toBe(0);
        expect(asked.length).toBeGreaterThanOrEqual(3);
        expect(run.log.match(/Stale content types remain\./g)).toHaveLength(asked.length);
      },
      RUN_LIMIT,
    );

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
