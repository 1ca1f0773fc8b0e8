import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActLog } from '../../fleet/act/log.ts';
import { WorkflowRunner } from '../../fleet/act/runner.ts';
import { reviewedBy } from '../../fleet/artifact-service/repository.ts';
import { packagesOn, pages, servicesOn } from '../../fleet/oracle.ts';
import { offerEmpty } from '../../fleet/repository-faults.ts';
import { allRows } from '../../fleet/rows.ts';
import { ensureDebianPackages } from '../../scripts/debian-packages.ts';
import { printed } from './support/each-host.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { hostsThat, JOURNAL } from './support/host-journal.ts';
import { standing } from './support/untouched.ts';
import { accountOf } from './support/workflow-account.ts';
import { expectJobs, told } from './support/workflow-run.ts';

const PLAN = 'plans/webshop-3.yml';

describe('the workflows of the examples, in a repository that calls them, with a plan of its own', () => {
  const stage = faultStage('webshop');
  let runner: WorkflowRunner;
  let run = 70;

  beforeAll(async () => {
    // What GitHub's runners have, or the job that restores installs by them.
    ensureDebianPackages(['sudo', 'age', 'postgresql']);
    runner = await WorkflowRunner.prepare('empty');
    runner.copy('examples/workflows', '.github/workflows');
    const backup = readFileSync(new URL('../../examples/workflows/backup.yml', import.meta.url), 'utf8');
    runner.write('.github/workflows/backup.yml', backup.replace('plan: synnefo-0.16', `plan: ${PLAN}`));
    runner.copy('examples/plans', 'plans');
    // The worker stands behind the web server.
    const inventory = readFileSync(stage.fleet.inventoryFile, 'utf8').replace(
      /(worker: \{)/,
      '$1 jump: web1,',
    );
    runner.write('inventories/production.yml', inventory);
  }, FAULT_LIMIT);

  afterAll(() => runner?.[Symbol.dispose]());

  async function dispatch(workflow: string, inputs: Record<string, string>, onLog?: (log: ActLog) => void) {
    run += 1;
    const account = accountOf(stage.operator, String(run));
    return await runner.run({ workflow, inputs, ...account, ...(onLog === undefined ? {} : { onLog }) });
  }

  async function versions(): Promise<unknown> {
    const { fleet } = stage;
    return [await packagesOn(fleet, 'web1'), await packagesOn(fleet, 'worker')].map(
      (packages) => packages['webshop-web'] ?? packages['webshop-worker'],
    );
  }

  async function expectServing(version: string): Promise<void> {
    const answers = (await pages(stage.fleet)).map(({ code, body }) => ({ code, version: body.version }));
    expect(answers).toEqual([{ code: 200, version }]);
    expect(Object.values(await servicesOn(stage.fleet, 'worker')).map((pids) => pids.length)).toEqual([1]);
    expect(await hostsThat(stage.fleet, 'locked')).toEqual([]);
    expect(await hostsThat(stage.fleet, 'current')).toEqual([]);
  }

  it(
    'self-hosted.yml: plans nothing that nobody would have to approve',
    async () => {
      const ungated = await dispatch('self-hosted.yml', { plan: PLAN, 'dry-run': 'false' });
      expectJobs(ungated, { 'production plan': 'failure' });
      expect(ungated.text).toContain('nobody would have to approve');
      stage.operator.service.repository.environments.set('production', [reviewedBy('operator')]);
    },
    FAULT_LIMIT,
  );

  it(
    'self-hosted.yml, dry: ends after the plan',
    async () => {
      const before = await standing(stage.fleet);
      const dry = await dispatch('self-hosted.yml', { plan: PLAN, 'dry-run': 'true' });
      expectJobs(dry, { 'production plan': 'success' });
      expect(told(dry, 'production plan')).toMatchObject({
        changes: 'true',
        outcome: 'planned',
        'plan-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(dry.summaries.map(({ text }) => text).join()).toContain('webshop-worker');
      expect(dry.text).not.toContain(stage.fleet.token);
      expect(await standing(stage.fleet)).toEqual(before);
    },
    FAULT_LIMIT,
  );

  it(
    'backup.yml: dumps what runs, and another job fetches each dump, opens it and restores it',
    async () => {
      const rows = await allRows(stage.fleet);
      const pids = await servicesOn(stage.fleet, 'worker');
      const backup = await dispatch('backup.yml', {});
      expectJobs(backup, { 'production back up': 'success', restore: 'success' });
      expect(backup.text).toMatch(/^archive: OK$/m);
      for (const table of Object.keys(rows.webshop ?? {})) {
        const [, name = ''] = table.split('.');
        expect(backup.text).toContain(name);
      }
      expect(await servicesOn(stage.fleet, 'worker')).toEqual(pids);
      expect((await printed(stage.fleet, 'worker', `ls ${JOURNAL}/upgrades`)).trim()).toBe('');
      await expectServing('2.4');
    },
    FAULT_LIMIT,
  );

  it(
    'self-hosted.yml: what has changed since the approval is refused, and shown',
    async () => {
      const before = await standing(stage.fleet);
      runner.review();
      let drift: Promise<unknown> | undefined;
      const refused = await dispatch('self-hosted.yml', { plan: PLAN, 'dry-run': 'false' }, ({ steps }) => {
        if (drift === undefined && steps.some(({ name, stage }) => name === 'Complete job' && stage === '')) {
          drift = offerEmpty(stage.fleet, 'webshop-images', '1.9-1').then(() => runner.approve());
        }
      });
      await drift;
      expectJobs(refused, { 'production plan': 'success', 'production upgrade': 'failure' });
      expect(told(refused, 'production upgrade')).toMatchObject({ outcome: 'refused' });
      expect(refused.text).toMatch(/webshop-images.*1\.8-1.*1\.9-1/);
      expect(await standing(stage.fleet)).toEqual(before);
      await expectServing('2.4');
      await stage.fleet.reset();
    },
    FAULT_LIMIT,
  );

  it(
    'self-hosted.yml: upgrades what was approved',
    async () => {
      const upgraded = await dispatch('self-hosted.yml', { plan: PLAN, 'dry-run': 'false' });
      expectJobs(upgraded, { 'production plan': 'success', 'production upgrade': 'success' });
      const [plan, upgrade] = ['plan', 'upgrade'].map((job) => told(upgraded, `production ${job}`));
      expect(upgrade).toMatchObject({ outcome: 'finished', 'plan-digest': plan?.['plan-digest'] });
      expect(await versions()).toEqual(['ii 3.0-1', 'ii 3.0-1']);
      await expectServing('3.0');
      await stage.fleet.reset();
    },
    FAULT_LIMIT,
  );

  it(
    'by-hand.yml: a chain of the single actions over two jobs',
    async () => {
      const chained = await dispatch('by-hand.yml', { plan: PLAN });
      expectJobs(chained, { prepare: 'success', upgrade: 'success' });
      expect(told(chained, 'upgrade')).toMatchObject({ outcome: 'finished' });
      expect(await versions()).toEqual(['ii 3.0-1', 'ii 3.0-1']);
      await expectServing('3.0');
    },
    FAULT_LIMIT,
  );
});
