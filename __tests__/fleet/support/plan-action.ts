import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startArtifactService } from '../../../fleet/artifact-service.ts';
import { holdPackage } from '../../../fleet/faults.ts';
import type { Fleet } from '../../../fleet/index.ts';
import type { Job } from '../../../fleet/job.ts';
import { psql } from '../../../fleet/oracle.ts';
import { databaseNames } from '../../../fleet/rows.ts';
import type { Outlook } from '../../../src/domain/outlook.ts';
import type { VersionChange } from '../../../src/domain/report.ts';
import { KEPT_WITHOUT_APPROVAL } from '../../../src/report/plan-document.ts';
import { printed } from './each-host.ts';
import { FAULT_LIMIT, type FaultStage } from './fault-stage.ts';
import { takePicture } from './picture.ts';
import { errorsIn } from './run-log.ts';
import { standingServices, statesIn } from './single-action.ts';
import { plainText } from './told-failure.ts';
import { expectUntouched } from './untouched.ts';

/**
 * What the action `plan` shows of a fleet of the layout compact, before anything is begun.
 * @returns the versions that it has shown
 */
export function planAction(
  stage: FaultStage,
  job: (runId: string) => Promise<Job>,
): () => readonly VersionChange[] {
  let shown: readonly VersionChange[] = [];

  it(
    'plan without a trace: versions, dumps, services, and what cannot be undone',
    async () => {
      const on = await job('0');
      const pictured = await takePicture(stage.fleet);
      const sizes = await databaseSizes(stage.fleet);
      const step = await on.run('plan');
      expect({ code: step.code, changes: step.outputs.changes }).toEqual({ code: 0, changes: 'true' });
      const sizesAfter = await databaseSizes(stage.fleet);
      expect(await takePicture(stage.fleet)).toEqual(pictured);
      const plan = JSON.parse(readFileSync(step.outputs.plan ?? '', 'utf8'));
      expect(plan).toMatchObject({ schema: 1, plan: 'synnefo-0.16', upgrade: null, refused: null });
      expect(plan.versions).toContainEqual({
        host: 'node1',
        package: 'snf-common',
        from: '0.15.2-1',
        to: '0.16.2-1',
      });
      shown = plan.versions;
      expectSizes(plan.outlook, sizes, sizesAfter);
      expect(statesIn(plan)).toEqual(await standingServices(stage.fleet));
      expect(plan.schemas.map(({ role }: { role: string }) => role)).toEqual([
        'astakos',
        'cyclades',
        'pithos',
      ]);
      const { disks } = plan.outlook as Outlook;
      expect(new Set(disks.map(({ host }) => host))).toEqual(new Set(['node1', 'node2', 'the runner']));
      expect(disks.filter(({ freeBytes, needBytes }) => freeBytes < needBytes)).toEqual([]);
      expect(step.summary).toContain('| Free | Needed |');
      expect(plan.steps.length).toBeGreaterThan(20);
      expect(step.summary).toContain('What cannot be undone');
      const artifacts = stage.operator.service.artifacts().map(({ id }) => String(id));
      expect(artifacts).toContain(step.outputs['artifact-id']);
    },
    FAULT_LIMIT,
  );

  it(
    'plan what would be refused, with the services that are down and the migrations as they are',
    async () => {
      const { fleet } = stage;
      const on = await job('6');
      const service = 'snf-ganeti-eventd';
      await printed(fleet, 'node2', `service ${service} stop`);
      const release = await holdPackage(fleet, 'node1', 'snf-network');
      try {
        const step = await expectUntouched(fleet, () => on.run('plan'));
        expect({ code: step.code, changes: step.outputs.changes, outcome: step.outputs.outcome }).toEqual({
          code: 1,
          changes: 'false',
          outcome: 'refused',
        });
        const plan = JSON.parse(readFileSync(step.outputs.plan ?? '', 'utf8'));
        expect(plan.refused.what).toContain('node1: snf-network is on hold and would be changed');
        expect(statesIn(plan)).toEqual(await standingServices(stage.fleet));
        expect(statesIn(plan)).toContainEqual(['node2', service, 'down']);
        expect(plainText(step.summary)).toMatch(
          new RegExp(`Down now:\\n\\n.*\\n.*\\n\\| ${service} \\| node2 \\|`),
        );
        const heads = await printed(fleet, 'node1', 'snf-manage migrate --list');
        expect(plan.schemas).toContainEqual(expect.objectContaining({ role: 'cyclades', before: heads }));
        expect(errorsIn(step.log)).toHaveLength(1);
      } finally {
        await release();
        await printed(fleet, 'node2', `service ${service} start`);
      }
    },
    FAULT_LIMIT,
  );

  it(
    'plan where no copy of the plan can be kept, a secret stands in it, and dumps would not be encrypted',
    async () => {
      const on = await job('7');
      const service = await startArtifactService({
        dir: join(stage.operator.folder, 'refusing'),
        refuse: (operation) => (operation === 'PutBlock' ? 403 : undefined),
      });
      const env = {
        ...service.environment('7'),
        PLAN_SECRETS: 'SPARE=node2\n',
        SYNNEFO_UPGRADE_ENCRYPT_TO: '',
      };
      const step = await on.run('plan', { env });
      await service.close();
      expect({ code: step.code, outcome: step.outputs.outcome, id: step.outputs['artifact-id'] }).toEqual({
        code: 0,
        outcome: 'planned',
        id: '',
      });
      expect(step.log).toMatch(/^::warning::the plan could not be kept as an artifact; .*refused by a test/m);
      const text = readFileSync(step.outputs.plan ?? '', 'utf8');
      const digest = step.outputs['plan-digest'];
      expect(JSON.parse(text)).toMatchObject({ refused: null, approval: null, digest });
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(`${text}${step.summary}`).not.toContain('node2');
      expect(JSON.parse(text).notes).toEqual([
        expect.stringMatching(/would be refused: dumps would be uploaded as they are: give encrypt-to/),
        KEPT_WITHOUT_APPROVAL,
      ]);
      expect(plainText(step.summary)).toContain(KEPT_WITHOUT_APPROVAL);
      expect(step.summary).toContain('What cannot be undone');
    },
    FAULT_LIMIT,
  );

  return () => shown;
}

/** Bytes of every database, by its name and its server's word. */
async function databaseSizes(fleet: Fleet): Promise<Readonly<Record<string, number>>> {
  const query = (name: string): string => `SELECT pg_database_size('${name}')`;
  const sizes = await Promise.all(
    databaseNames(fleet).map(async (name) => [name, Number(await psql(fleet, name, query(name)))] as const),
  );
  return Object.fromEntries(sizes);
}

/** Holds the foreseen sizes against those before and after: what runs may have written in between. */
function expectSizes(
  { databases }: Outlook,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  expect(databases.map(({ name, host, port }) => ({ name, host, port }))).toEqual([
    { name: 'snf_apps', host: 'node1', port: 5432 },
    { name: 'snf_pithos', host: 'node1', port: 5432 },
  ]);
  for (const { name, sizeBytes } of databases) {
    const bounds = [before[name] ?? Number.NaN, after[name] ?? Number.NaN];
    expect(sizeBytes).toBeGreaterThanOrEqual(Math.min(...bounds));
    expect(sizeBytes).toBeLessThanOrEqual(Math.max(...bounds));
  }
}
