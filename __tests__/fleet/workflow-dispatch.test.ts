import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowRunner } from '../../fleet/act/runner.ts';
import { reviewedBy } from '../../fleet/artifact-service/repository.ts';
import { delay } from '../../fleet/faults.ts';
import type { Fleet } from '../../fleet/index.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { hostsThat } from './support/host-journal.ts';
import { expectUntouched } from './support/untouched.ts';
import { type Before, expectUpgraded, lookBefore } from './support/upgraded.ts';
import { accountOf, resetTwin, takeTwinDown, twinOf } from './support/workflow-account.ts';
import { expectJobs, told } from './support/workflow-run.ts';

describe('the workflow upgrade.yml, dispatched', () => {
  const stage = faultStage('compact');
  let production: Fleet;
  let runner: WorkflowRunner;
  let before: { staging: Before; production: Before };

  beforeAll(async () => {
    const staging = stage.fleet;
    production = await twinOf(staging);
    runner = await WorkflowRunner.prepare('suite');
    runner.write('inventories/staging.yml', readFileSync(staging.inventoryFile, 'utf8'));
    runner.write('inventories/production.yml', readFileSync(production.inventoryFile, 'utf8'));
    // Staging has none: its gate only warns.
    stage.operator.service.repository.environments.set('production', [reviewedBy('operator')]);
    before = { staging: await lookBefore(staging), production: await lookBefore(production) };
  }, FAULT_LIMIT);

  afterAll(async () => {
    runner?.[Symbol.dispose]();
    await takeTwinDown(stage.fleet);
  }, FAULT_LIMIT);

  async function dispatch(runId: string, attempt: number, inputs: Record<string, string>) {
    const { vars, ...account } = accountOf(stage.operator, runId, attempt);
    const both = { ...vars, KNOWN_HOSTS: `${stage.fleet.knownHosts}${production.knownHosts}` };
    return await runner.run({ workflow: 'upgrade.yml', inputs, vars: both, ...account });
  }

  const both = { environment: 'staging-then-production', plan: 'synnefo-0.16' };

  it(
    'leaves production alone when staging fails',
    async () => {
      const repair = await delay(stage.fleet, 'node1', 'gunicorn-dies', 2);
      const run = await expectUntouched(production, () => dispatch('31', 1, both));
      expectJobs(run, { 'staging plan': 'success', 'staging upgrade': 'failure' });
      expect(told(run, 'staging upgrade')).toMatchObject({ outcome: 'unfinished' });
      expect(run.text).toContain('nobody would have to approve');
      expect(await hostsThat(stage.fleet, 'locked')).toEqual([]);
      await repair();
    },
    FAULT_LIMIT,
  );

  it(
    'takes staging up in the next attempt, and then upgrades production',
    async () => {
      const run = await dispatch('31', 2, both);
      expectJobs(run, {
        'staging plan': 'success',
        'staging upgrade': 'success',
        'production plan': 'success',
        'production upgrade': 'success',
      });
      expect(told(run, 'staging upgrade')).toMatchObject({ outcome: 'finished' });
      expect(told(run, 'production upgrade')).toMatchObject({ outcome: 'finished' });
      await expectUpgraded(stage.fleet, before.staging);
      await expectUpgraded(production, before.production);
    },
    FAULT_LIMIT,
  );

  it(
    'asks nobody where nothing is to do',
    async () => {
      const run = await expectUntouched(production, () =>
        dispatch('32', 1, { ...both, environment: 'production' }),
      );
      expectJobs(run, { 'production plan': 'success' });
      expect(told(run, 'production plan')).toMatchObject({ outcome: 'unchanged', changes: 'false' });
    },
    FAULT_LIMIT,
  );

  it(
    'upgrades production alone, with staging skipped',
    async () => {
      await resetTwin(stage.fleet, production);
      const fresh = await lookBefore(production);
      const run = await expectUntouched(stage.fleet, () =>
        dispatch('33', 1, { ...both, environment: 'production' }),
      );
      expectJobs(run, { 'production plan': 'success', 'production upgrade': 'success' });
      expect(told(run, 'production upgrade')).toMatchObject({ outcome: 'finished' });
      await expectUpgraded(production, fresh);
    },
    FAULT_LIMIT,
  );
});
