import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowRunner } from '../../fleet/act/runner.ts';
import { reviewedBy } from '../../fleet/artifact-service/repository.ts';
import { delay } from '../../fleet/faults.ts';
import type { Fleet } from '../../fleet/index.ts';
import { servicesOn } from '../../fleet/oracle.ts';
import { databaseNames } from '../../fleet/rows.ts';
import type { ReportedDump } from '../../src/domain/report.ts';
import { eachHost } from './support/each-host.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { hostsThat } from './support/host-journal.ts';
import { artifactOf, decrypted, sha256 } from './support/scratch.ts';
import { expectUntouched, standing } from './support/untouched.ts';
import { type Before, expectUpgraded, lookBefore } from './support/upgraded.ts';
import { accountOf, resetTwin, takeTwinDown, twinOf } from './support/workflow-account.ts';
import { expectJobs, told } from './support/workflow-run.ts';

describe('the workflows upgrade.yml, dispatched, and backup.yml, by schedule', () => {
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

  /** The nightly backup, with variables of the repository. */
  async function nightly(runId: string, more: Record<string, string>) {
    const { vars, ...account } = accountOf(stage.operator, runId);
    return await runner.run({
      workflow: 'backup.yml',
      event: 'schedule',
      vars: { ...vars, ...more },
      ...account,
    });
  }

  it(
    'backs up the environment that a variable names, and no other, with everything running on',
    async () => {
      const { fleet, operator } = stage;
      const pids = () => eachHost(fleet, (host) => servicesOn(fleet, host));
      const seen = { pids: await pids(), ...(await standing(fleet)) };
      const run = await expectUntouched(production, () =>
        nightly('29', { BACKUP_ENVIRONMENT: 'staging', BACKUP_PLAN: 'synnefo-0.16' }),
      );
      expectJobs(run, { 'back up': 'success' });
      const dumps = JSON.parse(told(run, 'back up').dumps ?? '[]') as ReportedDump[];
      expect(dumps.map(({ name, point }) => `${name} ${point}`).sort()).toEqual(
        databaseNames(fleet).map((name) => `${name} adhoc`),
      );
      for (const { stored, sha256: hash } of dumps) {
        expect(sha256(await decrypted(operator, artifactOf(operator, stored)))).toBe(hash);
      }
      expect({ pids: await pids(), ...(await standing(fleet)) }).toEqual(seen);
      expect(await hostsThat(fleet, 'locked')).toEqual([]);
    },
    FAULT_LIMIT,
  );

  it(
    'backs up nothing by schedule where no variable names an environment',
    async () => {
      const run = await expectUntouched(stage.fleet, () => nightly('30', {}));
      expect(run.code).toBe(0);
      expectJobs(run, {});
    },
    FAULT_LIMIT,
  );

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
