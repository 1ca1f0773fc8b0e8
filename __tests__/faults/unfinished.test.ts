import { describe, expect, it } from '@jest/globals';
import { session } from '../../fleet/database-faults.ts';
import { delay } from '../../fleet/faults.ts';
import { packagesOn, psql } from '../../fleet/oracle.ts';
import { brokenPostinst } from '../../fleet/repository-faults.ts';
import type { ReportedDump } from '../../src/domain/report.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { hostsThat, recordedDumps } from '../fleet/support/host-journal.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { planWith } from '../fleet/support/plan-with.ts';
import { expectOutcome } from '../fleet/support/run-log.ts';
import { expectTold, plainText } from '../fleet/support/told-failure.ts';
import { expectStanding, FILL, offerRepaired, REPEATED, restoreByHand } from '../fleet/support/unfinished.ts';
import { type Before, expectUpgraded, lookBefore, migrationCounts } from '../fleet/support/upgraded.ts';

const DOWN = /is unfinished, and the hosts remember what was done\. What was stopped stays stopped/;
const HALF = /Half of a change may be in snf_astakos on db1 \(snf-manage migrate --noinput\)/;
const RESTORE = /Restore snf_astakos on db1 from the dump of before, with the commands that the summary/;
const AGAIN = /run the same again: it goes on where this run stopped/;

describe('one upgrade that fails again and again, and needs a person each time', () => {
  const stage = faultStage('spread');
  let plan: string;
  let before: Before;
  let dumps: unknown;
  let restore: ReportedDump | undefined;

  it(
    'apt that cannot do what was planned: a postinst that fails leaves a package half-configured',
    async () => {
      const { fleet, operator } = stage;
      // Existing rows may be as they are; the rows that a migration adds may not.
      await psql(
        fleet,
        'snf_astakos',
        'ALTER TABLE im_projectmembership ADD CONSTRAINT stray CHECK (state <> 1) NOT VALID',
      );
      before = await lookBefore(fleet);
      plan = operator.write('with-a-script.yml', planWith(FILL));
      const repair = await brokenPostinst(fleet, 'snf-network');
      for (const attempt of ['first', 'the same command again']) {
        // All that was planned lies on the hosts: they need no repository.
        if (attempt !== 'first') await fleet.repository.stop();
        const run = await operator.upgrade({ inputs: { plan } });
        expectTold(run, {
          outcome: 'unfinished',
          host: 'node1',
          what: /node1: apt-get install ended with exit code 100/,
          command: /apt-get install/,
          output: /E: Sub-process \/usr\/bin\/dpkg returned an error code/,
          state: DOWN,
          next: AGAIN,
        });
        expect([attempt, run.log.includes('postinst: no such luck')]).toEqual([attempt, true]);
        const offline = run.report?.notes.filter((text) => text.startsWith('nothing newer is known')) ?? [];
        expect([attempt, offline.length]).toEqual([attempt, attempt === 'first' ? 0 : 1]);
        expect((await packagesOn(fleet, 'node1'))['snf-network']).toBe('iF 0.16.2-1');
        await expectStanding(fleet);
      }
      expect(await migrationCounts(fleet)).toEqual({});
      dumps = await recordedDumps(fleet, 'before');
      await fleet.repository.start();
      await repair();
    },
    FAULT_LIMIT,
  );

  it(
    'somebody who connects between the packages and the migrations',
    async () => {
      const { fleet, operator } = stage;
      // What the operator found and built: the package as it should have been.
      await offerRepaired(fleet, 'snf-network', '0.16.2-2');
      const live = new LiveRun(operator, { inputs: { plan } });
      await live.reached({ group: 'install-packages: stop what', words: 'stop' });
      const leave = await session(fleet, 'snf_astakos');
      const run = await live.ended;
      await leave();
      expect(run.log).toContain('amended: node1: snf-network 0.16.2-1 -> 0.16.2-2');
      expect((await packagesOn(fleet, 'node1'))['snf-network']).toBe('ii 0.16.2-2');
      expectTold(run, {
        outcome: 'unfinished',
        host: 'db1',
        what: /db1: somebody is still connected to snf_astakos/,
        command: /pg_stat_activity/,
        output: /pid \d+: user postgres, someone, from .*, idle in transaction/,
        state: DOWN,
        next: /End these sessions \(on db1: select pg_terminate_backend/,
      });
      await expectStanding(fleet);
      // The other databases are migrated beside it.
      const begun = Object.keys(await migrationCounts(fleet));
      expect(begun.filter((each) => each.startsWith('astakos'))).toEqual([]);
      expect(begun).toContain('pithos end pithos-migrate');
    },
    FAULT_LIMIT,
  );

  it(
    'a migration that fails: its database is restored first, by the commands of the report',
    async () => {
      const { fleet, operator } = stage;
      const failed = await operator.upgrade({ inputs: { plan } });
      expectTold(failed, {
        outcome: 'unfinished',
        host: 'astakos',
        what: /astakos: snf-manage migrate --noinput ended with exit code 1/,
        command: /snf-manage migrate --noinput/,
        output: /violates check constraint "stray"/,
        state: HALF,
        next: RESTORE,
      });
      await expectStanding(fleet);
      restore = failed.report?.dumps.find(({ key, point }) => key === 'astakos' && point === 'before');
      expect(plainText(failed.summary)).toContain(restore?.restore);
      expect(failed.log).toContain(restore?.restore);
    },
    FAULT_LIMIT,
  );

  it(
    'the same command on what a migration left: refused again, with words',
    async () => {
      const { fleet, operator } = stage;
      const counts = await migrationCounts(fleet);
      expectTold(await operator.upgrade({ inputs: { plan } }), {
        outcome: 'unfinished',
        host: 'astakos',
        what: /astakos: snf-manage migrate --noinput was begun and did not end well/,
        command: /snf-manage migrate --noinput/,
        output: /snf_astakos: the schema of astakos is another one/,
        state: HALF,
        next: RESTORE,
      });
      expect(await migrationCounts(fleet)).toEqual(counts);
      await expectStanding(fleet);
    },
    FAULT_LIMIT,
  );

  it(
    'a script of the plan that fails on a database: this one is restored as well, and migrated again',
    async () => {
      const { fleet, operator } = stage;
      await restoreByHand(fleet, restore, before);
      await psql(fleet, 'snf_astakos', 'ALTER TABLE im_projectmembership DROP CONSTRAINT stray');
      const run = await operator.upgrade({ inputs: { plan } });
      expectTold(run, {
        outcome: 'unfinished',
        host: 'cyclades',
        what: /cyclades: fill ended with exit code 1/,
        command: /fill/,
        output: /nobody allowed this/,
        state: /Half of a change may be in snf_cyclades on db1 \(fill\)/,
        next: /Restore snf_cyclades on db1 from the dump of before/,
      });
      restore = run.report?.dumps.find(({ key, point }) => key === 'cyclades' && point === 'before');
      await expectStanding(fleet);
    },
    FAULT_LIMIT,
  );

  it(
    'a service that dies two seconds after its start',
    async () => {
      const { fleet, operator } = stage;
      await restoreByHand(fleet, restore, before);
      await printed(fleet, 'cyclades', 'touch /root/allowed');
      const repair = await delay(fleet, 'astakos', 'gunicorn-dies', 2);
      const run = await operator.upgrade({ inputs: { plan } });
      expectTold(run, {
        outcome: 'unfinished',
        host: 'astakos',
        what: /astakos: gunicorn runs and stays up/,
        command: /gunicorn runs and stays up/,
        output: /gunicorn/,
        state: /It came as far as starting the services again/,
        next: AGAIN,
      });
      expect(await hostsThat(fleet, 'current')).toEqual(fleet.hosts.map(({ name }) => name));
      await repair();
    },
    FAULT_LIMIT,
  );

  it(
    'and after the last repair the same command completes it, with nothing done twice that was done well',
    async () => {
      const { fleet, operator } = stage;
      const run = await operator.upgrade({ inputs: { plan } });
      expectOutcome(run, 'finished');
      expect(run.code).toBe(0);
      await expectUpgraded(fleet, before, REPEATED);
      const first = (await recordedDumps(fleet, 'before')).filter(({ generation }) => generation === 1);
      expect(first).toEqual(dumps);
      // What was dumped of the first migration is no dump of the second one.
      const migrated = (await recordedDumps(fleet, 'after-migrate')).map(({ key, generation }) => [
        key,
        generation,
      ]);
      expect(migrated).toEqual([
        ['astakos', 1],
        ['cyclades', 1],
        ['cyclades', 2],
        ['pithos', 1],
      ]);
    },
    FAULT_LIMIT,
  );
});
