import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '../../fleet/job.ts';
import { packagesOn, pages } from '../../fleet/oracle.ts';
import { allRows } from '../../fleet/rows.ts';
import type { ReportedDump } from '../../src/domain/report.ts';
import { CHAIN, type Link, nameOf, runLinks } from './support/a-chain.ts';
import { eachHost, printed } from './support/each-host.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { hostsThat, JOURNAL } from './support/host-journal.ts';
import { leaksOfRun, leaksOnHosts } from './support/leaks.ts';
import { takePicture } from './support/picture.ts';
import { planAction } from './support/plan-action.ts';
import { artifactOf, decrypted, rowsInDump } from './support/scratch.ts';
import { ADHOC, backedUpInTheMiddle, limited, refused, rehearsed } from './support/single-action.ts';
import { unlikeHosts } from './support/unlike-hosts.ts';
import { type Before, expectUpgraded, lookBefore } from './support/upgraded.ts';
import { versionChanges } from './support/upgraded-versions.ts';

describe('the single actions', () => {
  const stage = faultStage('compact');
  const jobs: Job[] = [];
  let before: Before;

  async function job(runId: string): Promise<Job> {
    const made = await stage.operator.connectedJob(runId);
    jobs.push(made);
    return made;
  }

  beforeAll(async () => {
    before = await lookBefore(stage.fleet);
  }, FAULT_LIMIT);

  afterEach(async () => {
    for (const each of jobs.splice(0)) {
      await each.end();
      each[Symbol.dispose]();
    }
  }, FAULT_LIMIT);

  it(
    'back up a running stack, and leave nothing on its hosts',
    async () => {
      const { fleet, operator } = stage;
      const seen = await stackOn();
      const rows = await allRows(fleet);
      const on = await job('1');
      await rehearsed(fleet, on, ADHOC);
      const [step] = await runLinks(on, [ADHOC]);
      const dumps = JSON.parse(step?.outputs.dumps ?? '[]') as ReportedDump[];
      expect(dumps.map(({ point, hostCopy, encrypted }) => ({ point, hostCopy, encrypted }))).toEqual(
        Object.keys(rows).map(() => ({ point: 'adhoc', hostCopy: null, encrypted: true })),
      );
      for (const dump of dumps) {
        const archive = await decrypted(operator, artifactOf(operator, dump.stored));
        expect(await rowsInDump(fleet, dump.host, archive)).toEqual(rows[dump.name]);
      }
      expect((await pages(fleet)).map(({ code }) => code)).toEqual((await pages(fleet)).map(() => 200));
      expect(await stackOn()).toEqual(seen);
      expect(await hostsThat(fleet, 'locked')).toEqual([]);
      const left = await fleet.exec('node1', `ls ${JOURNAL}/upgrades`);
      expect(left.stdout.trim()).toBe('');
    },
    FAULT_LIMIT,
  );

  const planned = planAction(stage, job);

  unlikeHosts(stage, job);

  it(
    'refuse to begin in the middle',
    async () => {
      const on = await job('2');
      for (const link of [CHAIN[2], CHAIN[3], CHAIN[7], CHAIN.at(-1)].filter((each) => each !== undefined)) {
        const { report } = await refused(stage.fleet, on, link);
        expect(report?.failure).toMatchObject({
          what: `${nameOf(link)} has to wait: no upgrade has begun on these hosts`,
          next: 'Run the action prepare first.',
        });
      }
    },
    FAULT_LIMIT,
  );

  it(
    'refuse what they need and do not get, before anything is touched',
    async () => {
      const on = await job('3');
      const bad: readonly [Link, string][] = [
        [{ action: 'backup-db', inputs: {} }, 'the input point is missing'],
        [
          { action: 'backup-db', inputs: { point: 'now' } },
          'the input point is "now", expected one of before',
        ],
        [
          { action: 'run-steps', inputs: { after: 'verify' } },
          'the input after is "verify", expected one of',
        ],
        [
          { action: 'prepare', inputs: { limit: 'pithos' } },
          'limit: pithos cuts through what belongs together',
        ],
        [{ action: 'prepare', inputs: { 'dry-run': 'perhaps' } }, 'the input dry-run is "perhaps"'],
      ];
      for (const [link, words] of bad) {
        expect((await refused(stage.fleet, on, link)).report?.failure?.what).toContain(words);
      }
    },
    FAULT_LIMIT,
  );

  it(
    'run in no other order than that of the upgrade',
    async () => {
      const { fleet } = stage;
      const on = await job('4');
      const versions = await eachHost(fleet, (host) => packagesOn(fleet, host));
      // The plan has steps of its own after these.
      const real = CHAIN.filter(
        ({ action, inputs }) => action !== 'run-steps' || ['stop', 'install'].includes(inputs.after ?? ''),
      );
      for (const [index, link] of real.entries()) {
        await rehearsed(fleet, on, link);
        const after = real[index + 1];
        if (['prepare', 'stop-services'].includes(link.action) && after !== undefined) {
          await limited(fleet, on, link, after);
        }
        const [step] = await runLinks(on, [link]);
        expect(step?.report?.next ?? null).toBe(after === undefined ? null : nameOf(after));
        expect(step === undefined ? [] : leaksOfRun(fleet, step)).toEqual([]);
        const tooEarly = real[index + 2];
        if (after !== undefined && tooEarly !== undefined) {
          const { report } = await refused(stage.fleet, on, tooEarly);
          expect(report?.failure).toMatchObject({
            what: `${nameOf(tooEarly)} has to wait: ${nameOf(after)} is not done`,
            next: `Run the action ${nameOf(after)} first, without a limit.`,
          });
        }
        if (link.action === 'stop-services') {
          await backedUpInTheMiddle(fleet, on);
          await anotherRunWaits();
        }
        if (link.inputs.after === 'stop') {
          await noInstallBesideAService(on);
        }
      }
      await expectUpgraded(fleet, before);
      const upgraded = await eachHost(fleet, (host) => packagesOn(fleet, host));
      expect(new Set(planned())).toEqual(new Set(versionChanges(versions, upgraded)));
      expect(await leaksOnHosts(fleet)).toEqual({ node1: [], node2: [] });
    },
    FAULT_LIMIT,
  );

  /** All of the stack but its files: processes, versions, settings, rows. */
  async function stackOn(): Promise<unknown> {
    const { services, versions, settings, bootLinks, rows } = await takePicture(stage.fleet);
    return { services, versions, settings, bootLinks, rows };
  }

  /** Somebody starts a service by hand once all are stopped: nothing is installed before it is stopped again. */
  async function noInstallBesideAService(on: Job): Promise<void> {
    await printed(stage.fleet, 'node2', 'service gunicorn start && pgrep -f /usr/bin/gunicorn');
    const { report } = await refused(stage.fleet, on, { action: 'install-packages', inputs: {} });
    expect(report?.failure).toMatchObject({
      what: 'install-packages has to wait: stop-services is not done',
      next: 'Run the action stop-services first, without a limit.',
    });
    await runLinks(on, [{ action: 'stop-services', inputs: {} }]);
  }

  /** While a run holds the lock, another one is told so; a person may look, and has to name a lock to release it. */
  async function anotherRunWaits(): Promise<void> {
    const { fleet } = stage;
    const other = await job('5');
    const { report } = await refused(fleet, other, { action: 'backup-db', inputs: { point: 'before' } });
    expect(report?.failure?.what).toContain('the lock is held by run 4 of example/cloud');
    const looked = await other.run('unlock');
    const locks = JSON.parse(looked.outputs.locks ?? '[]') as { host: string; id: string }[];
    expect(locks.map(({ host }) => host)).toEqual(fleet.hosts.map(({ name }) => name));
    expect(looked.summary).toContain('run 4 of example/cloud');
    const wrong = await other.run('unlock', { inputs: { lock: 'nobody' } });
    expect({ code: wrong.code, locked: await hostsThat(fleet, 'locked') }).toEqual({
      code: 1,
      locked: fleet.hosts.map(({ name }) => name),
    });
    const rehearsal = await other.run('unlock', { inputs: { lock: locks[0]?.id ?? '', 'dry-run': 'true' } });
    expect({ code: rehearsal.code, locked: await hostsThat(fleet, 'locked') }).toEqual({
      code: 0,
      locked: fleet.hosts.map(({ name }) => name),
    });
    expect(rehearsal.log).toContain('would be given back');
    const released = await other.run('unlock', { inputs: { lock: locks[0]?.id ?? '' } });
    expect({ code: released.code, locked: await hostsThat(fleet, 'locked') }).toEqual({
      code: 0,
      locked: [],
    });
  }
});
