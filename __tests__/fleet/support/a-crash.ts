import { expect, it } from '@jest/globals';
import { cutConnections, delay, reboot } from '../../../fleet/faults.ts';
import { aptRunsOn } from '../../../fleet/history.ts';
import { eachHost, printed } from './each-host.ts';
import { JOURNAL } from './host-journal.ts';
import { LiveRun } from './live-run.ts';
import { errorsIn, lastGroup, lossOf } from './run-log.ts';
import { RUN_LIMIT, type Scene } from './scene.ts';
import { signsOfLife } from './signs-of-life.ts';
import { expectTold, plainText } from './told-failure.ts';

/** A step that nobody may repeat unasked; the hosts crash while it runs. */
export const TELL = `
  - name: tell
    after: install
    roles: [ganeti]
    run: |
      echo told | tee -a /root/told
      [ -e /root/crashed ] || sleep 3600
    repeat: ask
`;

const INSTALL = 'install-packages: install the packages';
const RUN = { runId: '31' };

/** All hosts crash in a step of which only a person can say what became of it, first cut off while apt ran. */
export function aCrash(scene: () => Scene, plan: () => string): void {
  let began = 0;

  it(
    'loses its connections in apt and goes on, and its hosts crash later and start no service',
    async () => {
      const { fleet, operator } = scene();
      const hosts = fleet.hosts.map(({ name }) => name);
      began = Date.now();
      for (const host of hosts) {
        await delay(fleet, host, 'postinst', 3);
      }
      const live = new LiveRun(operator, { ...RUN, inputs: { plan: plan() }, post: false });
      for (const host of hosts) {
        await live.reached({ group: INSTALL, words: `${host} │ Unpacking snf-common` });
        await cutConnections(fleet, host);
      }
      for (const host of hosts) {
        await live.reached({ group: 'run-steps: tell', words: `${host} │ told` });
      }
      live.kill('SIGKILL');
      const { log } = await live.ended;
      for (const host of hosts) {
        expect(lastGroup(log, INSTALL)).toMatch(lossOf(host));
      }
      expect(errorsIn(log)).toEqual([]);
      const runs = await eachHost(fleet, async (host) =>
        (await aptRunsOn(fleet, host)).map(({ complete }) => complete),
      );
      expect(runs).toEqual({ node1: [true], node2: [true] });

      await Promise.all(hosts.map((host) => reboot(fleet, host)));
      expect(await signsOfLife(fleet)).toEqual([]);
      await eachHost(fleet, (host) => printed(fleet, host, 'touch /root/crashed'));
    },
    RUN_LIMIT,
  );

  it(
    'is shown by unlock to another run: whose it is, since when, and what is open',
    async () => {
      const { fleet, operator } = scene();
      using job = await operator.connectedJob('32', { plan: plan() });
      const looked = await job.run('unlock');
      const current = await printed(fleet, 'node1', `cat ${JOURNAL}/current`);
      expect([looked.code, looked.outputs['upgrade-id']]).toEqual([0, current.trim()]);
      const locks = JSON.parse(looked.outputs.locks ?? '[]') as {
        host: string;
        owner: string;
        since: number;
      }[];
      expect(locks.map(({ host, since }) => ({ host, isOurs: since > began && since < Date.now() }))).toEqual(
        [
          { host: 'node1', isOurs: true },
          { host: 'node2', isOurs: true },
        ],
      );
      expect(locks[0]?.owner).toContain('run 31 of example/cloud');
      for (const host of ['node1', 'node2']) {
        expect(plainText(looked.summary)).toMatch(new RegExp(`${host}: run-steps\\.tell\\S*: died`));
      }
      await job.end();
    },
    RUN_LIMIT,
  );

  it(
    'is told by the next run that a person has to say what became of the step',
    async () => {
      const { operator, fleet } = scene();
      const run = await operator.upgrade({ ...RUN, inputs: { plan: plan() } });
      expectTold(run, {
        outcome: 'unfinished',
        host: run.report?.failure?.host ?? '',
        what: /node[12]: tell was begun before and did not end well/,
        command: /tell/,
        state: /is unfinished/,
        next: /run again with the input resolve: \W*done/,
      });
      expect(await eachHost(fleet, told)).toEqual({ node1: 1, node2: 1 });
    },
    RUN_LIMIT,
  );

  it(
    'goes on when it was said: done on one host, and again on the other',
    async () => {
      const { operator, fleet } = scene();
      using job = await operator.connectedJob(RUN.runId, { plan: plan() });
      const resolve = 'tell on node1: done\ntell on node2: again';
      const step = await job.run('run-steps', { inputs: { after: 'install', resolve } });
      expect([step.code, step.outputs.outcome]).toEqual([0, 'done']);
      expect(step.log).toContain('node1: tell counts as done, as operator said');
      expect(step.log).toContain('node2: tell runs again, as operator said');
      await job.end(true);
      expect(await eachHost(fleet, told)).toEqual({ node1: 1, node2: 2 });
    },
    RUN_LIMIT,
  );

  async function told(host: string): Promise<number> {
    return (await printed(scene().fleet, host, 'cat /root/told')).split('told').length - 1;
  }
}
