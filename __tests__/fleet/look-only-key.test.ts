import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '../../fleet/job.ts';
import { BoundKey } from './support/bound-key.ts';
import { printed } from './support/each-host.ts';
import { FAULT_LIMIT, faultStage } from './support/fault-stage.ts';
import { hostsThat } from './support/host-journal.ts';
import { canDoNothingElse } from './support/nothing-else.ts';
import { type Picture, takePicture } from './support/picture.ts';
import { expectUntouched } from './support/untouched.ts';

const HOSTS = ['node1', 'node2'];

describe('a key that can only look', () => {
  const stage = faultStage('compact');
  let key: BoundKey;
  let before: Picture;
  let runs = 0;

  beforeAll(async () => {
    key = await BoundKey.install(stage.operator);
    before = await takePicture(stage.fleet);
  }, FAULT_LIMIT);

  /** Everybody's plan, as its file says, without the numbers that change by themselves. */
  async function plan(
    inputs: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; plan: unknown }> {
    return await inJob(inputs, async (job) => {
      const { code, outputs } = await job.run('plan');
      const { outlook, ...rest } = JSON.parse(readFileSync(outputs.plan ?? '', 'utf8'));
      const even = (name: string, value: unknown): unknown => {
        if (typeof value === 'string' && value.startsWith('/tmp/synnefo-upgrade-step-')) {
          return "the runner's folder, which every step has anew";
        }
        return typeof value === 'number' && name !== 'port' ? 'a number' : value;
      };
      return { code, plan: { ...rest, outlook: JSON.parse(JSON.stringify(outlook, even)) } };
    });
  }

  async function inJob<T>(
    inputs: Readonly<Record<string, string>>,
    work: (job: Job) => Promise<T>,
  ): Promise<T> {
    runs += 1;
    using job = await stage.operator.connectedJob(String(runs), inputs);
    try {
      return await work(job);
    } finally {
      await job.end();
    }
  }

  const bound = (): { 'ssh-key': string } => ({ 'ssh-key': key.privateKey });

  it(
    'shows the very plan that the operator sees, and leaves the hosts as they were',
    async () => {
      const own = await plan({});
      expect(own).toMatchObject({
        code: 0,
        plan: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), refused: null, notes: [] },
      });
      expect(await plan(bound())).toEqual(own);
      expect(await takePicture(stage.fleet)).toEqual(before);
    },
    FAULT_LIMIT,
  );

  it(
    'does so while the account may do nothing else, too',
    async () => {
      for (const host of HOSTS) {
        await printed(stage.fleet, host, 'mv /etc/sudoers.d/upgrade /root/');
      }
      const seen = await plan(bound());
      for (const host of HOSTS) {
        await printed(stage.fleet, host, 'mv /root/upgrade /etc/sudoers.d/');
      }
      expect(seen).toMatchObject({ code: 0, plan: { refused: null } });
    },
    FAULT_LIMIT,
  );

  it(
    'reaches hosts behind a bastion, and there nothing else',
    async () => {
      const { fleet } = stage;
      const { address } = fleet.host('node2');
      const line = `/ plan$/s/^restrict,/restrict,port-forwarding,permitopen="${address}:22",/`;
      await printed(fleet, 'node1', `sed -i.kept '${line}' ~upgrade/.ssh/authorized_keys`);
      const text = readFileSync(fleet.inventoryFile, 'utf8');
      const inventory = text.replace(/^( {2}node2: \{)/m, '$1 jump: node1,');
      expect(inventory).not.toBe(text);
      expect(await plan({ ...bound(), inventory })).toMatchObject({ code: 0, plan: { refused: null } });
      const elsewhere = await key.ssh('node1', null, { options: ['-W', '127.0.0.1:22'] });
      expect({ stdout: elsewhere.stdout, stderr: elsewhere.stderr }).toEqual({
        stdout: '',
        stderr: expect.stringContaining('administratively prohibited'),
      });
      await printed(fleet, 'node1', 'cd ~upgrade/.ssh && mv authorized_keys.kept authorized_keys');
    },
    FAULT_LIMIT,
  );

  it(
    'runs no schema command that the host does not list, and says what to write where',
    async () => {
      await printed(stage.fleet, 'node1', "sed -i.kept '/^snf-manage/d' /etc/synnefo-upgrade/schemas");
      const { code, plan: refused } = await plan(bound());
      await printed(
        stage.fleet,
        'node1',
        'mv /etc/synnefo-upgrade/schemas.kept /etc/synnefo-upgrade/schemas',
      );
      const words =
        /^this upgrade cannot be done: node1: the schema command of astakos failed: .*\nsnf-manage migrate --list/s;
      expect({ code, refused }).toMatchObject({
        code: 1,
        refused: { refused: { what: expect.stringMatching(words) } },
      });
      expect(JSON.stringify(refused)).toContain('Add it there as a line of /etc/synnefo-upgrade/schemas');
    },
    FAULT_LIMIT,
  );

  canDoNothingElse(stage, () => key);

  it(
    'begins no upgrade, and takes no lock',
    async () => {
      const step = await expectUntouched(
        stage.fleet,
        async () => await inJob(bound(), async (job) => await job.run('prepare')),
      );
      expect(step).toMatchObject({ code: 1, outputs: { outcome: 'refused' } });
      expect(step.report?.failure).toMatchObject({
        what: expect.stringContaining('nothing was done: this key can only look'),
        next: expect.stringContaining('use a key that is not bound to looking'),
      });
      expect(await hostsThat(stage.fleet, 'locked')).toEqual([]);
      expect(await takePicture(stage.fleet)).toEqual(before);
    },
    FAULT_LIMIT,
  );

  it(
    'shows the same plan over an unfinished upgrade as well',
    async () => {
      const prepared = await inJob({}, async (job) => await job.run('prepare'));
      expect(prepared).toMatchObject({ code: 0, outputs: { outcome: 'done' } });
      const own = await plan({});
      expect(own).toMatchObject({
        code: 0,
        plan: { upgrade: prepared.outputs['upgrade-id'], refused: null },
      });
      expect(await expectUntouched(stage.fleet, async () => await plan(bound()))).toEqual(own);
    },
    FAULT_LIMIT,
  );
});
