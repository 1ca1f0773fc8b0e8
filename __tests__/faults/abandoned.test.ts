import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startArtifactService } from '../../fleet/artifact-service.ts';
import { session, writeRow } from '../../fleet/database-faults.ts';
import { holdDpkgLock } from '../../fleet/faults.ts';
import { databaseOf } from '../../fleet/layouts.ts';
import { servicesOn } from '../../fleet/oracle.ts';
import { addDependency, offerEmpty } from '../../fleet/repository-faults.ts';
import { expectAbandoned, OVER } from '../fleet/support/abandoned.ts';
import { eachHost, printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { pausingPlan } from '../fleet/support/plan-with.ts';
import { expectOutcome } from '../fleet/support/run-log.ts';
import { artifactOf, decrypted, rowsInDump, sha256 } from '../fleet/support/scratch.ts';
import { expectTold } from '../fleet/support/told-failure.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

describe('before the first package is touched', () => {
  const stage = faultStage('spread');

  async function abandoned(run: () => Promise<void>): Promise<void> {
    await expectAbandoned(stage.fleet, run);
  }

  it(
    'a repository that changed between the plan and the download',
    async () => {
      const { fleet, operator } = stage;
      const pids = await eachHost(fleet, (host) => servicesOn(fleet, host));
      await abandoned(async () => {
        // The survey reads lists of its own and waits for nobody; `apt-get update` then waits for this lock.
        const release = await holdDpkgLock(fleet, 'node1');
        const live = new LiveRun(operator);
        for (const host of ['astakos', 'cyclades', 'pithos']) {
          await live.reached({ group: 'prepare:', words: `${host}: keep a copy of /etc: done` });
        }
        await live.reached({ group: 'prepare:', words: /node1 .*waiting for it/ });
        const withdraw = await offerEmpty(fleet, 'python-surprise', '1-1');
        const restore = await addDependency(fleet, 'snf-network', '0.16.2-1', 'python-surprise');
        await release();
        const run = await live.ended;
        expectTold(run, {
          outcome: 'abandoned',
          host: 'node1',
          what: /not so: snf-network 0\.16\.2-1 has another content than planned: .*; not planned: python-surprise \(new\) -> 1-1/,
          command: /apt would do what was planned/,
          output: /^ *Conf snf-network \(0\.16\.2-1 /m,
          state: OVER,
          next: /run the same again: it begins anew/,
        });
        expect(run.report?.failure?.output).not.toMatch(/^(Package|Architecture|Installed-Size):/m);
        await restore();
        await withdraw();
      });
      // Nothing had been stopped, so nothing was started.
      expect(await eachHost(fleet, (host) => servicesOn(fleet, host))).toEqual(pids);
    },
    FAULT_LIMIT,
  );

  it(
    'somebody still connected to the database',
    async () => {
      const { fleet, operator } = stage;
      await abandoned(async () => {
        const leave = await session(fleet, databaseOf(fleet.plan, 'cyclades').name);
        expectTold(await operator.upgrade(), {
          outcome: 'abandoned',
          host: 'db1',
          what: /db1: somebody is still connected to snf_cyclades/,
          command: /pg_stat_activity/,
          output: /pid \d+: user postgres, someone, from .*, idle in transaction/,
          state: OVER,
          next: /End these sessions \(on db1: select pg_terminate_backend/,
        });
        await leave();
      });
    },
    FAULT_LIMIT,
  );

  it(
    'an artifact service that refuses a dump',
    async () => {
      const { operator } = stage;
      await using service = await closing({
        dir: join(operator.folder, 'refusing'),
        refuse: (operation) => (operation === 'PutBlock' ? 403 : undefined),
      });
      await abandoned(async () => {
        const run = await operator.upgrade({ env: service.environment('77') });
        const host = run.report?.failure?.host ?? '';
        expect(['db1', 'pithos']).toContain(host);
        expectTold(run, {
          outcome: 'abandoned',
          host,
          what: /dump .*: no copy of it could be stored where it outlives the runner/,
          command: /dump/,
          output: /refused by a test/,
          state: OVER,
          next: /See that the place for dumps takes them/,
        });
        expect(run.report?.dumps).toEqual([]);
        expect(service.artifacts().filter(({ sha256 }) => sha256 !== '')).toEqual([]);
      });
    },
    FAULT_LIMIT,
  );

  it(
    'rows that somebody writes between the dump and the first package are dumped again, beside the first dump',
    async () => {
      const { fleet, operator } = stage;
      const plan = operator.write('pausing.yml', pausingPlan('stop', 'ganeti'));
      const live = new LiveRun(operator, { inputs: { plan } });
      await live.reached({ group: 'run-steps: pause', words: 'paused' });
      const copies = 'cd /var/lib/synnefo-upgrade && sha256sum upgrades/*/dumps/*.before.dump';
      const first = await printed(fleet, 'db1', copies);
      await writeRow(fleet, 'cyclades');
      const before = await lookBefore(fleet);
      await printed(fleet, 'node1', 'touch /run/go-on');
      const run = await live.ended;

      expectOutcome(run, 'finished');
      expect(run.log).toMatch(/::warning::db1: snf_cyclades: 1 row inserted since the dump/);
      const dumps = run.report?.dumps.filter(({ point, key }) => point === 'before' && key === 'cyclades');
      expect(dumps?.map(({ generation }) => generation)).toEqual([1, 2]);
      const others = run.report?.dumps.filter(({ point, key }) => point === 'before' && key !== 'cyclades');
      expect(others?.map(({ generation }) => generation)).toEqual([1, 1]);
      // What was dumped first is as it was, on the host and in the store, and lacks the row that the second one has.
      expect((await printed(fleet, 'db1', copies)).split('\n')).toEqual(
        expect.arrayContaining(first.trim().split('\n')),
      );
      const counts: number[] = [];
      for (const dump of dumps ?? []) {
        const archive = await decrypted(operator, artifactOf(operator, dump.stored));
        expect(sha256(archive)).toBe(dump.sha256);
        counts.push((await rowsInDump(fleet, 'db1', archive))['public.db_network']?.count ?? -1);
      }
      expect(counts[1]).toBe((counts[0] ?? 0) + 1);
      await expectUpgraded(fleet, before);
    },
    FAULT_LIMIT,
  );
});

async function closing(options: Parameters<typeof startArtifactService>[0]) {
  const service = await startArtifactService(options);
  return { ...service, [Symbol.asyncDispose]: () => service.close() };
}
