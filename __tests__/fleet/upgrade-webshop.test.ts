import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aptRunsOn, migrationsOn } from '../../fleet/history.ts';
import type { UpgradeRun } from '../../fleet/operator.ts';
import { packagesOn, pages, servicesOn } from '../../fleet/oracle.ts';
import { allRows, type TableRows } from '../../fleet/rows.ts';
import { eachHost, printed } from './support/each-host.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { fleetBeside } from './support/fresh-fleet.ts';
import { recordedDumps } from './support/host-journal.ts';
import { type Death, killedInPostinst } from './support/killed-in-postinst.ts';
import { leaksOfRun, leaksOnHosts } from './support/leaks.ts';
import { expectOutcome } from './support/run-log.ts';
import { artifactOf, decrypted, rowsInDump } from './support/scratch.ts';
import { expectTold, plainText } from './support/told-failure.ts';
import { expectUntouched } from './support/untouched.ts';

const PLAN = new URL('../../examples/plans/webshop-3.yml', import.meta.url);

describe('a stack with the habits of real packages, its database under sysvinit', () => {
  const stage = faultStage('webshop');

  it(
    'is not upgraded while the plan does not name what comes beneath it',
    async () => {
      const { fleet, operator } = stage;
      const plan = operator.write(
        'plans/careless.yml',
        readFileSync(PLAN, 'utf8').replace('allow: [openssl]', 'allow: []'),
      );
      const run = await expectUntouched(fleet, () => operator.upgrade({ inputs: { plan } }));
      expectTold(run, {
        outcome: 'refused',
        what: /web1: openssl lies beneath the stack and would be changed from 3\.0\S+ to 3\.9-1/,
        host: 'web1',
        state: /Nothing was changed/,
        next: /Mend what is named/,
      });
    },
    FAULT_LIMIT,
  );

  it(
    'shows in a dry run what its files would change, and what may be skipped',
    async () => {
      const { fleet, operator } = stage;
      const there = (await printed(fleet, 'web1', 'cat /etc/webshop/web.conf')).trimEnd().split('\n');
      const run = await expectUntouched(fleet, () => operator.upgrade({ inputs: { 'dry-run': 'true' } }));
      expectOutcome(run, 'planned');
      const commandsOf = (title: string): readonly string[] =>
        run.report?.planned.find((step) => step.title === title)?.commands ?? [];
      expect(commandsOf('limits')).toEqual([
        'place /etc/security/limits.d/webshop.conf (root:root 0644)',
        '# A new file:',
        ...linesOf('webshop/limits.conf').map((line) => `+${line}`),
      ]);
      const settings = commandsOf('settings');
      expect(settings.slice(0, 2)).toEqual([
        'place /etc/webshop/web.conf (root:root 0644)',
        '# What changes in it:',
      ]);
      const after = linesOf('webshop/web.conf');
      const sides = [' -', ' +'].map((signs) =>
        settings.filter((line) => signs.includes(line[0] ?? '')).map((line) => line.slice(1)),
      );
      expect(sides).toEqual([there, after]);
      expect(there).not.toEqual(after);
      expect(commandsOf('clear-cache').slice(0, 2)).toEqual([
        '# Only where this does not end 0:',
        '#   test ! -d /var/cache/webshop',
      ]);
      for (const line of [...settings, ...commandsOf('limits')]) {
        expect(plainText(run.summary)).toContain(line);
      }
    },
    FAULT_LIMIT,
  );

  it(
    'keeps a secret that a step gets, also when the step prints it and fails',
    async () => {
      const { fleet, operator } = stage;
      const plan = operator.write(
        'plans/talking.yml',
        `${readFileSync(PLAN, 'utf8')}
  - name: talking
    after: prepare
    hosts: [worker]
    run: 'echo "with $PARTNER_KEY"; exit 3'
    secrets: [PARTNER_KEY]
`,
      );
      const run = await operator.upgrade({ inputs: { plan } });
      expectTold(run, {
        outcome: 'abandoned',
        what: /worker: talking ended with exit code 3/,
        host: 'worker',
        output: /with \*\*\*/,
        state: /is over: no package and no row was touched/,
        next: /run the same again/,
      });
      expect(leaksOfRun(fleet, run)).toEqual([]);
      // A host keeps what a script prints itself, for root alone.
      const [log, ...others] = Object.values(await leaksOnHosts(fleet)).flat();
      expect([log, others]).toEqual([expect.stringMatching(/\/steps\/run-steps\.talking\/log$/), []]);
      expect(await printed(fleet, 'worker', `stat -c '%a %U' ${log} /var/lib/synnefo-upgrade`)).toBe(
        '600 root\n700 root\n',
      );
      await printed(fleet, 'worker', `rm ${log}`);
    },
    FAULT_LIMIT,
  );

  describe('upgraded with the plan of the examples, by a run that dies in a postinst and the next one', () => {
    let before: Readonly<Record<string, TableRows>>;
    let death: Death;
    let run: UpgradeRun;

    beforeAll(async () => {
      before = (await allRows(stage.fleet)).webshop ?? {};
      ({ death, run } = await killedInPostinst(stage, 'web1', 'webshop-worker', { runId: '2001' }));
    }, FAULT_LIMIT);

    it('is taken up where it died: no other host of its role had begun, and the dump is the same', async () => {
      expect([death.run.signal, death.state]).toEqual(['SIGKILL', 'iF 3.0-1']);
      expect(death.steps).toContain('web1 install-packages.apt open');
      expect(death.steps.filter((step) => step.startsWith('worker install-packages.'))).toEqual([]);
      expect(death.dumps).toMatchObject([{ key: 'webshop', generation: 1 }]);
      expect(await recordedDumps(stage.fleet, 'before')).toEqual(death.dumps);
    });

    it('ends at the wanted versions, in one transaction a host', async () => {
      expectOutcome(run, 'finished');
      expect(await eachHost(stage.fleet, (host) => packagesOn(stage.fleet, host))).toEqual({
        web1: {
          openssl: 'ii 3.9-1',
          'webshop-images': 'ii 1.8-1',
          'webshop-web': 'ii 3.0-1',
          'webshop-worker': 'ii 3.0-1',
        },
        worker: expect.objectContaining({ 'webshop-worker': 'ii 3.0-1' }),
      });
      const runs = await eachHost(stage.fleet, async (host) =>
        (await aptRunsOn(stage.fleet, host)).map(({ complete, packages }) => [complete, packages.sort()]),
      );
      expect(runs).toEqual({
        web1: [[true, ['openssl', 'webshop-images', 'webshop-web', 'webshop-worker']]],
        worker: [[true, ['webshop-worker']]],
      });
    });

    it('lets no package start its service, and starts them in the end', async () => {
      // Nobody was there to hear it: the host keeps what its step printed.
      const step = `/var/lib/synnefo-upgrade/upgrades/${run.outputs['upgrade-id']}/steps/install-packages.apt`;
      expect(await printed(stage.fleet, 'web1', `cat ${step}/log`)).toMatch(
        /policy-rc\.d returned 101, not running 'restart webshop-web/,
      );
      expect(run.log).toMatch(/worker │ invoke-rc\.d: policy-rc\.d denied execution of restart/);
      const pids = await eachHost(stage.fleet, (host) => servicesOn(stage.fleet, host));
      expect(pids).toEqual({
        web1: { 'webshop-web': [expect.anything()], 'webshop-worker': [expect.anything()] },
        worker: { 'webshop-worker': [expect.anything()] },
      });
      const answers = (await pages(stage.fleet)).map(({ code, body }) => ({ code, ...body }));
      expect(answers).toMatchObject([{ code: 200, version: '3.0', orders: 20_000, schema: 3 }]);
    });

    it('has proved a dump before the package migrated its database, and says that it did', async () => {
      const dump = run.report?.dumps.find(({ point }) => point === 'before');
      const archive = await decrypted(stage.operator, artifactOf(stage.operator, dump?.stored ?? null));
      expect(await rowsInDump(stage.fleet, 'worker', archive)).toEqual(before);
      const applied = (await migrationsOn(stage.fleet, 'web1')).filter(({ event }) => event === 'apply');
      expect(applied.map(({ what }) => what)).toEqual(['totals', 'discounts']);
      expect(run.log).toMatch(/::warning::worker: webshop: .*packages changed it while they were installed/);
      expect(run.report?.schemas).toMatchObject([{ role: 'worker', pendingAfter: 0 }]);
    });

    it('lets the packages of two workers migrate one after the other, and migrates on one of them itself', async () => {
      const [first = [], second = []] = [
        await migrationsOn(stage.fleet, 'web1'),
        await migrationsOn(stage.fleet, 'worker'),
      ];
      const events = (records: typeof first): string[] => records.map(({ event }) => event);
      expect(events(first)).toEqual(['begin', 'apply', 'apply', 'end', 'begin', 'end']);
      expect(events(second)).toEqual(['begin', 'end']);
      const times = [...first.slice(0, 4), ...second, ...first.slice(4)].map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    });

    it('loses no row', async () => {
      const { webshop: rows = {} } = await allRows(stage.fleet);
      expect(rows['public.customers']).toEqual(before['public.customers']);
      expect(rows['public.orders']?.count).toBe(20_000);
      expect(rows['public.discounts']?.count).toBeGreaterThan(0);
    });

    it('answers the question of the package, and puts back the settings that it wrote anew', async () => {
      const settings = await printed(stage.fleet, 'web1', 'cat /etc/webshop/web.conf');
      expect(settings).toBe(readFileSync(new URL('webshop/web.conf', PLAN), 'utf8'));
      const answer = 'echo GET webshop-web/reindex | debconf-communicate webshop-web';
      expect(await printed(stage.fleet, 'web1', answer)).toBe('0 true\n');
      expect(run.summary).toMatch(/changed {3}\/etc\/webshop\/web\.conf/);
    });

    it('keeps what was in the place of its files', async () => {
      const kept = `cd /var/lib/synnefo-upgrade/upgrades/${run.outputs['upgrade-id']}/rollback/files/etc`;
      // The package had just written it anew.
      expect(await printed(stage.fleet, 'web1', `${kept} && cat webshop/web.conf`)).toContain(
        'page-size = 20',
      );
      // Nothing was there until the upgrade that was abandoned after this step.
      const limits =
        'find /var/lib/synnefo-upgrade/upgrades/*/rollback/files/etc/security -type f -printf "%f\\n"';
      expect((await printed(stage.fleet, 'web1', limits)).trim().split('\n').sort()).toEqual([
        'webshop.conf',
        'webshop.conf.absent',
      ]);
    });

    it('hands a secret to the step that names it, and leaves it nowhere', async () => {
      const [secret = ''] = Object.values(stage.fleet.plan.stack.stepSecrets);
      const hash = await printed(stage.fleet, 'worker', 'cat /etc/webshop/partner-key.sha256');
      expect(hash.trim()).toBe(createHash('sha256').update(secret).digest('hex'));
      expect([death.run, run].flatMap((each) => leaksOfRun(stage.fleet, each))).toEqual([]);
      expect(await leaksOnHosts(stage.fleet)).toEqual({ web1: [], worker: [] });
    });

    it(
      'is not disturbed by a fleet of another name that comes and goes',
      async () => {
        const { fleet } = stage;
        const services = await eachHost(fleet, (host) => servicesOn(fleet, host));
        {
          await using other = await fleetBeside('webshop');
          expect(other.host('web1').address).not.toBe(fleet.host('web1').address);
          const versions = [(await pages(fleet))[0]?.body.version, (await pages(other))[0]?.body.version];
          expect(versions).toEqual(['3.0', '2.4']);
        }
        expect(await eachHost(fleet, (host) => servicesOn(fleet, host))).toEqual(services);
        expect((await pages(fleet)).map(({ code }) => code)).toEqual([200]);
        await printed(fleet, 'web1', 'apt-get update');
      },
      FAULT_LIMIT,
    );

    it(
      'has nothing more to do',
      async () => {
        const again = await expectUntouched(stage.fleet, () => stage.operator.upgrade());
        expectOutcome(again, 'unchanged');
        expect(again.code).toBe(0);
      },
      FAULT_LIMIT,
    );
  });
});

/** The lines of a file beside the plan. */
function linesOf(name: string): string[] {
  return readFileSync(new URL(name, PLAN), 'utf8').trimEnd().split('\n');
}
