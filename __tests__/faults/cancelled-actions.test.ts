import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { delayDumps } from '../../fleet/database-faults.ts';
import { delay, dropPackets } from '../../fleet/faults.ts';
import type { JobStep } from '../../fleet/job.ts';
import { attempt, until } from '../../fleet/process.ts';
import type { Undo } from '../../fleet/undo.ts';
import { type Link, nameOf } from '../fleet/support/a-chain.ts';
import {
  type Cancelled,
  cancel,
  expectCancelled,
  goOn,
  type Moment,
} from '../fleet/support/cancelled-action.ts';
import { eachHost, printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { allSteps, hostsThat } from '../fleet/support/host-journal.ts';
import { hostsWithPolicy } from '../fleet/support/kept-locks.ts';
import { pausingPlan } from '../fleet/support/plan-with.ts';
import { type Before, expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

/** The run whose jobs are cancelled one after the other. */
const RUN = '816';

describe('a single action that is cancelled', () => {
  const stage = faultStage('compact');
  let before: Before;
  /** What is connected with: a plan in which a script of the operator's waits on node1 after the install. */
  let inputs: { plan: string };

  beforeAll(async () => {
    before = await lookBefore(stage.fleet);
    inputs = { plan: stage.operator.write('pausing.yml', pausingPlan('install', 'astakos')) };
  }, FAULT_LIMIT);

  /** Runs a link in the next attempt. */
  async function again(link: Link): Promise<JobStep> {
    return await goOn(stage.operator, RUN, link, inputs);
  }

  /** Cancels a link of the chain in a job of its own. */
  async function cancelled(link: Link, moment: Moment): Promise<Cancelled> {
    using job = await stage.operator.connectedJob(RUN, inputs);
    const found = await cancel(stage.operator, job, link, moment);
    expectCancelled(found);
    return found;
  }

  /** The moment in which a step has begun on node1 and has not ended. */
  function opens(id: string): Moment {
    return async () => (await allSteps(stage.fleet)).includes(`node1 ${id} open`);
  }

  /** Cancels a link while a step of it runs on node1, lets that come to its end, and runs the link again. */
  async function inTheMiddle(link: Link, running: string, undo: Undo): Promise<Cancelled> {
    const found = await cancelled(link, opens(running));
    expect(found.steps).toContain(`node1 ${running} open`);
    expect(found.locked).toContain('node1');
    await undo();
    await until(`${running} has ended`, 60, async () =>
      (await allSteps(stage.fleet)).includes(`node1 ${running} 0`),
    );
    await again(link);
    return found;
  }

  it(
    'connect, leaves no agent and nothing on the hosts',
    async () => {
      using job = stage.operator.job(RUN);
      const undo = await dropPackets(stage.fleet, 'node2');
      const link = { action: 'connect', inputs: { ...stage.operator.inputs(), ...inputs } };
      // By now the agent has the key, and the other host does not answer.
      const found = await cancel(stage.operator, job, link, 'node1: logged in').finally(undo);
      expect(found.step.code).not.toBe(0);
      expect([found.steps, found.locked]).toEqual([[], []]);
    },
    FAULT_LIMIT,
  );

  it(
    'unlock, changes nothing',
    async () => {
      using job = await stage.operator.connectedJob(RUN, inputs);
      const undo = await dropPackets(stage.fleet, 'node2');
      const { address } = stage.fleet.host('node2');
      const asks = async () =>
        (await attempt('ss', ['-Htan', 'dst', address, 'dport', '=', '22'])).stdout !== '';
      const link = { action: 'unlock', inputs: {} };
      const found = await cancel(stage.operator, job, link, asks).finally(undo);
      expect(found.step.code).not.toBe(0);
      expect([found.steps, found.locked]).toEqual([[], []]);
    },
    FAULT_LIMIT,
  );

  it(
    'backup-db of a running stack, gives the lock back and leaves no dump on the hosts',
    async () => {
      const undo = await delayDumps(stage.fleet, 'node1', 12);
      const link = { action: 'backup-db', inputs: { point: 'adhoc' } };
      const { step } = await cancelled(link, opens('backup-db.astakos.adhoc'));
      expect(step.outputs.dumps).toBe('[]');
      await undo();
      await until(
        'no dump runs any more',
        60,
        async () => !(await allSteps(stage.fleet)).join().includes('open'),
      );
      const { report } = await again(link);
      expect(report?.dumps.map(({ name }) => name).sort()).toEqual(['snf_apps', 'snf_pithos']);
      expect([await allSteps(stage.fleet), await hostsThat(stage.fleet, 'locked')]).toEqual([[], []]);
    },
    FAULT_LIMIT,
  );

  it(
    'plan, leaves nothing on the hosts',
    async () => {
      const temporary = () =>
        eachHost(stage.fleet, (host) => printed(stage.fleet, host, 'ls -A /tmp /var/tmp'));
      const there = await temporary();
      const link = { action: 'plan', inputs: {} };
      const { steps, locked } = await cancelled(link, '::group::look at the hosts');
      expect([steps, locked]).toEqual([[], []]);
      await until('the temporary lists are gone', 30, async () =>
        isDeepStrictEqual(await temporary(), there),
      );
    },
    FAULT_LIMIT,
  );

  it(
    'prepare, is done by the next attempt',
    async () => {
      const link = { action: 'prepare', inputs: {} };
      const { steps } = await cancelled(link, 'node1: apt-get update');
      expect(steps.join()).not.toContain('prepare.settings');
      await again(link);
    },
    FAULT_LIMIT,
  );

  it(
    'stop-services, stops nothing more and starts nothing',
    async () => {
      const undo = await delay(stage.fleet, 'node1', 'gunicorn-stop', 12);
      const link = { action: 'stop-services', inputs: {} };
      const found = await inTheMiddle(link, 'stop-services.stop.gunicorn', undo);
      expect(found.steps.join()).not.toMatch(/stop\.snf-dispatcher|start-services/);
    },
    FAULT_LIMIT,
  );

  it(
    'backup-db, proves no dump that it did not see to its end',
    async () => {
      const undo = await delayDumps(stage.fleet, 'node1', 12);
      const link = { action: 'backup-db', inputs: { point: 'before' } };
      const { steps } = await cancelled(link, opens('backup-db.astakos.before'));
      expect(steps).not.toContain('node1 backup-db.astakos.before 0');
      await undo();
      const { report } = await again(link);
      expect(report?.dumps.map(({ name }) => name).sort()).toEqual(['snf_apps', 'snf_pithos']);
      await again({ action: 'run-steps', inputs: { after: 'stop' } });
    },
    FAULT_LIMIT,
  );

  it(
    'install-packages, lets apt come to its end behind policy-rc.d',
    async () => {
      const undo = await delay(stage.fleet, 'node1', 'postinst', 12);
      const link = { action: 'install-packages', inputs: {} };
      const found = await inTheMiddle(link, 'install-packages.apt', undo);
      expect(found.policies).toContain('node1');
      expect(found.steps.join()).not.toContain('install-packages.stop');
    },
    FAULT_LIMIT,
  );

  it(
    'run-steps, at its first line gives the lock back and takes policy-rc.d away',
    async () => {
      const link = { action: 'run-steps', inputs: { after: 'install' } };
      const { locked, policies } = await cancelled(link, '::group::run-steps');
      expect([locked, policies]).toEqual([[], []]);
    },
    FAULT_LIMIT,
  );

  it(
    'run-steps, lets a script of the operator come to its end, and keeps lock and policy-rc.d there meanwhile',
    async () => {
      const link = { action: 'run-steps', inputs: { after: 'install' } };
      const goAhead = async (): Promise<void> => {
        await printed(stage.fleet, 'node1', 'touch /run/go-on');
      };
      const found = await inTheMiddle(link, 'run-steps.pause', goAhead);
      expect([found.locked, found.policies]).toEqual([['node1'], ['node1']]);
      // The services are still to stay down.
      expect(await hostsWithPolicy(stage.fleet)).toEqual(['node1', 'node2']);
    },
    FAULT_LIMIT,
  );

  it(
    'migrate, lets the migration come to its end and begins no other one',
    async () => {
      const undo = await delay(stage.fleet, 'node1', 'migrate', 4);
      const link = { action: 'migrate', inputs: {} };
      const found = await inTheMiddle(link, 'migrate.astakos.1', undo);
      expect(found.steps.join()).not.toContain('migrate.cyclades');
      for (const next of [
        { action: 'backup-db', inputs: { point: 'after-migrate' } },
        { action: 'run-steps', inputs: { after: 'migrate' } },
        { action: 'backup-db', inputs: { point: 'after-steps' } },
      ]) {
        await again(next);
      }
    },
    FAULT_LIMIT,
  );

  it.each([
    [{ action: 'start-services', inputs: {} }, 'start-services: start gunicorn'],
    [{ action: 'verify', inputs: {} }, '::group::verify'],
  ])(
    '%o, is done by the next attempt',
    async (link, words) => {
      const { steps } = await cancelled(link, words);
      expect(steps.filter((each) => each.includes(' migrate.')).every((each) => each.endsWith(' 0'))).toBe(
        true,
      );
      const { outputs } = await again(link);
      expect([nameOf(link), outputs.outcome]).toEqual([
        link.action,
        link.action === 'verify' ? 'finished' : 'done',
      ]);
    },
    FAULT_LIMIT,
  );

  it(
    'each, ends in an upgrade that is whole',
    async () => {
      await expectUpgraded(stage.fleet, before);
    },
    FAULT_LIMIT,
  );
});
