import { describe, expect, it } from '@jest/globals';
import { delayDumps, migrationReached } from '../../fleet/database-faults.ts';
import { delay, reboot } from '../../fleet/faults.ts';
import { packagesOn, pages } from '../../fleet/oracle.ts';
import { until } from '../../fleet/process.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { allSteps, recordedDumps } from '../fleet/support/host-journal.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { errorsIn, expectOutcome } from '../fleet/support/run-log.ts';
import { signsOfLife } from '../fleet/support/signs-of-life.ts';
import { type Before, expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

const RUN = { runId: '4242' };
const DUMPS = 'backup-db: dump the databases (before)';

describe('a host that crashes', () => {
  const stage = faultStage('spread');
  let before: Before;

  it(
    'with the database server during the dump of before ends the upgrade, and all runs again',
    async () => {
      const { fleet, operator } = stage;
      before = await lookBefore(fleet);
      // The server is slower to come back than the dump which is begun again waits for it (30 s).
      const unit = '/etc/systemd/system/postgresql@.service.d';
      const slow = `mkdir -p ${unit}; printf '[Service]\\nExecStartPre=/bin/sleep 50\\n' > ${unit}/slow.conf; sync`;
      await fleet.exec('db1', slow);
      await delayDumps(fleet, 'db1', 10);
      const run = new LiveRun(operator, RUN);
      await run.reached({ group: DUMPS, words: 'dump snf_astakos' });
      await until('the dump runs', 60, async () =>
        (await allSteps(fleet)).includes('db1 backup-db.astakos.before open'),
      );
      await reboot(fleet, 'db1');
      const ended = await run.ended;
      expectOutcome(ended, 'abandoned');
      expect(ended.code).toBe(1);
      expect(errorsIn(ended.log)).toEqual([
        // Whichever of its dumps met the missing server first.
        expect.stringMatching(
          /^::error title=db1%3A dump (snf_\w+ \(before\)|the roles and grants of .*) ended with exit code/,
        ),
      ]);
      expect(ended.report?.failure?.output).toContain('Is the server running');
      await until('every page answers', 60, async () =>
        (await pages(fleet)).every(({ code, body }) => code === 200 && body.version === '0.15.2'),
      );
      await fleet.exec(
        'db1',
        `rm -r ${unit}; systemctl daemon-reload; cd /usr/lib/postgresql/15/bin; mv pg_dump.real pg_dump`,
      );
    },
    FAULT_LIMIT,
  );

  it(
    'and reboots after the install starts no service, and its database is dumped again',
    async () => {
      const { fleet, operator } = stage;
      const run = new LiveRun(operator, { ...RUN, post: false });
      await run.reached({ group: 'run-steps: gunicorn-user', words: 'gunicorn-user' });
      run.kill('SIGKILL');
      await run.ended;
      const first = await recordedDumps(fleet, 'before');
      expect(first.map(({ key, generation }) => `${key} ${generation}`)).toEqual([
        'astakos 1',
        'cyclades 1',
        'pithos 1',
      ]);

      await Promise.all(fleet.hosts.map(({ name }) => reboot(fleet, name)));
      expect((await packagesOn(fleet, 'cyclades'))['snf-cyclades-app']).toBe('ii 0.16.2-1');
      expect(await signsOfLife(fleet)).toEqual([]);

      await delay(fleet, 'astakos', 'migrate', 4);
      await delay(fleet, 'pithos', 'pithos', 8);
      const next = new LiveRun(operator, RUN);
      await next.reached({ group: 'migrate: migrate the databases', words: '> im:0005' });
      await migrationReached(fleet, 'pithos', 'apply pithos.3b62b3f1bf6c');
      const again = await recordedDumps(fleet, 'before');
      expect(again.map(({ key, generation }) => `${key} ${generation}`)).toEqual([
        'astakos 1',
        'astakos 2',
        'cyclades 1',
        'cyclades 2',
        'pithos 1',
        'pithos 2',
      ]);
      expect(again.filter(({ generation }) => generation === 1)).toEqual(first);

      // The same run sees both hosts go, in the middle of a migration each, and come back without it.
      await Promise.all(['astakos', 'pithos'].map((host) => reboot(fleet, host)));
      const ended = await next.ended;
      expectOutcome(ended, 'unfinished');
      expect(ended.code).toBe(1);
      expect(errorsIn(ended.log)).toHaveLength(1);
      expect(ended.report?.failure).toMatchObject({
        what: expect.stringMatching(/^(pithos|astakos): .* died without an exit code: the host went down/),
        state: expect.stringContaining('Half of a change may be in snf_astakos on db1'),
        next: expect.stringContaining('Restore snf_astakos on db1 from the dump of before'),
      });
    },
    FAULT_LIMIT,
  );

  it(
    'in a migration leaves its database to be restored, by the commands that are told',
    async () => {
      const { fleet, operator } = stage;
      await delay(fleet, 'astakos', 'migrate', 0);
      await delay(fleet, 'pithos', 'pithos', 0);
      const refused = await operator.upgrade(RUN);
      expectOutcome(refused, 'unfinished');
      expect(refused.code).toBe(1);
      expect(errorsIn(refused.log)).toEqual([
        expect.stringMatching(
          /snf-manage migrate --noinput was begun and did not end well::Host: astakos%0A.*%0ANext: .*Restore snf_astakos on db1/,
        ),
      ]);
      expect(refused.summary).toContain('Restore <code>snf&#95;astakos</code> on <code>db1</code>');
      expect(await signsOfLife(fleet)).toEqual([]);

      const dump = refused.report?.dumps.find(
        ({ key, point, generation }) => key === 'astakos' && point === 'before' && generation === 2,
      );
      const restored = await fleet.exec('db1', dump?.restore ?? 'exit 1');
      expect([restored.code, restored.stdout.trim()]).toEqual([0, 'restored: snf_astakos']);

      const run = new LiveRun(operator, { ...RUN, post: false });
      await run.reached({ group: 'backup-db: dump the databases (after-migrate)', words: 'dump' });
      run.kill('SIGKILL');
      await run.ended;
    },
    FAULT_LIMIT,
  );

  it(
    'and reboots after the migrations starts no service, and the next run completes the upgrade',
    async () => {
      const { fleet, operator } = stage;
      await Promise.all(fleet.hosts.map(({ name }) => reboot(fleet, name)));
      expect(await signsOfLife(fleet)).toEqual([]);
      const dumps = await recordedDumps(fleet, 'before');
      const last = await operator.upgrade(RUN);
      expectOutcome(last, 'finished');
      expect(last.code).toBe(0);
      await expectUpgraded(fleet, before, {
        migrations: {
          'astakos begin syncdb': 2,
          'astakos end syncdb': 2,
          'astakos begin migrate': 2,
          'astakos apply im.0004_base_project_fields': 2,
          'astakos apply im.0005_base_projects': 2,
          'pithos begin pithos-migrate': 2,
          'pithos apply pithos.3b62b3f1bf6c': 2,
        },
      });
      // The server's counters began anew once more, and by now no dump could be one of before.
      expect(await recordedDumps(fleet, 'before')).toEqual(dumps);
    },
    FAULT_LIMIT,
  );

  it(
    'in apt is repaired by the next run, and starts no service before that; nor when it crashes again after the install',
    async () => {
      const { fleet, operator } = stage;
      await fleet.reset();
      before = await lookBefore(fleet);
      await delay(fleet, 'cyclades', 'postinst', 8);
      await delay(fleet, 'node1', 'postinst', 8);
      const group = 'install-packages: install the packages';
      const run = new LiveRun(operator, { runId: '4243' });
      await run.reached({ group, words: 'cyclades │ Setting up snf-webproject' });
      await run.reached({ group, words: 'node1 │ Setting up snf-cyclades-gtools' });
      await Promise.all(['cyclades', 'node1'].map((host) => reboot(fleet, host)));
      expect(await signsOfLife(fleet)).toEqual([]);
      const ended = await run.ended;
      expectOutcome(ended, 'unfinished');
      expect(ended.code).toBe(1);
      expect(errorsIn(ended.log)).toEqual([
        expect.stringContaining('apt-get install died without an exit code'),
      ]);

      await delay(fleet, 'cyclades', 'postinst', 0);
      await delay(fleet, 'node1', 'postinst', 0);
      const next = new LiveRun(operator, { runId: '4243', post: false });
      await next.reached({ group: 'run-steps: gunicorn-user', words: 'gunicorn-user' });
      next.kill('SIGKILL');
      await next.ended;
      await Promise.all(fleet.hosts.map(({ name }) => reboot(fleet, name)));
      expect(await signsOfLife(fleet)).toEqual([]);

      const last = await operator.upgrade({ runId: '4243' });
      expectOutcome(last, 'finished');
      expect(last.code).toBe(0);
      // dpkg had unpacked everything, so configuring it was all that was left for apt to ask of it.
      const interrupted = '1 begun, 0 complete';
      await expectUpgraded(fleet, before, { apt: { cyclades: interrupted, node1: interrupted } });
    },
    FAULT_LIMIT,
  );
});
