import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Job } from '../../fleet/job.ts';
import { until } from '../../fleet/process.ts';
import { agentKeys } from '../../src/adapters/credentials.ts';
import { errorsIn } from '../fleet/support/run-log.ts';
import { agentsAt } from '../support/agents.ts';
import { type KeyPair, makeKey } from '../support/keys.ts';
import { Sshd } from '../support/sshd.ts';

// Processes of their own, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the action connect', () => {
  let sshd: Sshd;
  let locked: KeyPair;

  beforeAll(async () => {
    sshd = await Sshd.start();
    locked = makeKey(sshd.folder, 'locked', 'ed25519', 'sesame-open');
    sshd.admit(locked);
  });

  afterAll(async () => {
    await sshd[Symbol.asyncDispose]();
  });

  function inputs(): Record<string, string> {
    const hosts = ['astakos', 'cyclades', 'pithos', 'ganeti'].join(', ');
    return {
      plan: 'synnefo-0.16',
      inventory: `
schema: 1
hosts:
  one: { address: 127.0.0.1, port: ${sshd.port}, user: root, roles: [${hosts}] }
databases:
  astakos: { engine: postgresql, name: snf_apps, on: one }
  cyclades: { same-as: astakos }
  pithos: { engine: postgresql, name: snf_pithos, on: one }
`,
      'ssh-key': sshd.userKey.privateKey,
      'known-hosts': sshd.knownHosts(),
      'encrypt-to': 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    };
  }

  it('logs in nowhere when it is dry', async () => {
    using job = new Job({ GITHUB_ACTIONS: 'true' });
    const nobody = (inputs().inventory ?? '').replace(`port: ${sshd.port}`, 'port: 1');
    const given = { ...inputs(), inventory: nobody };
    expect((await job.run('connect', { inputs: { ...given, 'dry-run': 'true' } })).code).toBe(0);
    expect((await job.run('connect', { inputs: given })).code).toBe(1);
    await job.end();
  });

  it.each<[string, () => Record<string, string>]>([
    ['a key', () => ({})],
    [
      'a key with a passphrase',
      () => ({ 'ssh-key': locked.privateKey, 'ssh-key-passphrase': 'sesame-open' }),
    ],
  ])('hands a connection by %s to the later steps, until the job ends', async (_, changes) => {
    using job = new Job({ GITHUB_ACTIONS: 'true' });
    const step = await job.run('connect', { inputs: { ...inputs(), ...changes() } });
    expect({ code: step.code, hosts: step.outputs.hosts }).toEqual({ code: 0, hosts: '["one"]' });
    const { SSH_AUTH_SOCK: socket = '', SYNNEFO_UPGRADE_KNOWN_HOSTS: file = '' } = job.env;
    expect(await agentKeys(socket)).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(sshd.knownHosts());
    expect(job.env).toMatchObject({
      SYNNEFO_UPGRADE_PLAN: 'synnefo-0.16',
      SYNNEFO_UPGRADE_INVENTORY: inputs().inventory?.trim(),
      SYNNEFO_UPGRADE_ENCRYPT_TO: inputs()['encrypt-to'],
    });

    const exported = JSON.stringify(job.env);
    const key = (changes()['ssh-key'] ?? sshd.userKey.privateKey).split('\n')[2] ?? '';
    expect(exported).not.toContain(key);
    expect(exported).not.toContain('sesame-open');
    // Only as the runner's command that masks it.
    const said = step.log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(said.join('\n')).not.toContain(key);
    expect(said.join('\n')).not.toContain('sesame-open');

    expect(await job.end()).toEqual([['connect', expect.objectContaining({ code: 0 })]]);
    await until('the agent is gone', 10, async () => {
      const keys = await agentKeys(socket).catch(() => null);
      return keys === null;
    });
  });

  it('takes the agent that is there, and leaves it alone', async () => {
    using first = new Job({ GITHUB_ACTIONS: 'true' });
    await first.run('connect', { inputs: inputs() });
    const { SSH_AUTH_SOCK: socket = '' } = first.env;
    using second = new Job({ GITHUB_ACTIONS: 'true', SSH_AUTH_SOCK: socket });
    const step = await second.run('connect', { inputs: { ...inputs(), 'ssh-key': '' } });
    await second.end();
    expect({ code: step.code, keys: await agentKeys(socket) }).toEqual({
      code: 0,
      keys: [sshd.userKey.fingerprint],
    });
    await first.end();
  });

  it('only checks in a dry run: no login, no agent, nothing for later steps', async () => {
    const env = { GITHUB_ACTIONS: 'true', HOME: sshd.folder };
    using job = new Job(env);
    const { log } = sshd;
    const step = await job.run('connect', { inputs: { ...inputs(), 'dry-run': 'true' } });
    expect({ code: step.code, hosts: step.outputs.hosts, env: job.env }).toEqual({
      code: 0,
      hosts: '["one"]',
      env,
    });
    expect(step.log).toContain('later steps of this job are not connected');
    expect({ log: sshd.log, agents: agentsAt(sshd.folder) }).toEqual({ log, agents: [] });
    expect(await job.end()).toEqual([['connect', expect.objectContaining({ code: 0 })]]);
    const plan = await job.run('plan');
    expect(plan.report?.failure?.what).toContain('this job is not connected');
  });

  it('finds in a dry run what is wrong with the key', async () => {
    using job = new Job({ GITHUB_ACTIONS: 'true' });
    const key = { 'ssh-key': locked.privateKey, 'ssh-key-passphrase': 'wrong' };
    const step = await job.run('connect', { inputs: { ...inputs(), ...key, 'dry-run': 'true' } });
    expect({ code: step.code, errors: errorsIn(step.log) }).toEqual({
      code: 1,
      errors: [expect.stringContaining('the private key ssh-key cannot be read')],
    });
  });

  it.each<[string, () => Record<string, string>, string]>([
    [
      'a wrong passphrase',
      () => ({ 'ssh-key': locked.privateKey, 'ssh-key-passphrase': 'wrong' }),
      'the private key ssh-key cannot be read',
    ],
    ['a host key that is not pinned', () => ({ 'known-hosts': '' }), 'one (root@127.0.0.1'],
    [
      'a key without rights',
      () => ({ 'ssh-key': makeKey(sshd.folder, `other-${Date.now()}`).privateKey }),
      'one (root@127.0.0.1',
    ],
    ['a mistake in a file', () => ({ inventory: 'schema: 1\nhost: {}\n' }), 'host'],
    ['no plan', () => ({ plan: '' }), 'the input plan is missing'],
    ['a wrong recipient', () => ({ 'encrypt-to': 'age1nobody' }), 'encrypt-to'],
    ['a wrong word', () => ({ 'unencrypted-dumps': 'yes' }), 'the input unencrypted-dumps is \\"yes\\"'],
  ])('refuses %s, hands nothing on and leaves no agent', async (_, changes, words) => {
    using job = new Job({ GITHUB_ACTIONS: 'true' });
    const step = await job.run('connect', { inputs: { ...inputs(), ...changes() } });
    expect(step.code).toBe(1);
    const errors = step.log.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors).toHaveLength(1);
    expect(decodeURIComponent(errors[0] ?? '')).toContain(words.replaceAll('\\"', '"'));
    expect(job.env.SYNNEFO_UPGRADE_PLAN).toBeUndefined();
    const { SSH_AUTH_SOCK: socket = '' } = job.env;
    await job.end();
    await until(
      'no agent is left',
      10,
      async () => socket === '' || (await agentKeys(socket).catch(() => null)) === null,
    );
  });
});
