import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectHosts } from '../../src/adapters/connect-hosts.ts';
import {
  AuthenticationError,
  ConfigurationError,
  HostKeyError,
  LookOnlyError,
  SudoError,
  UnreachableError,
} from '../../src/domain/errors.ts';
import { look } from '../../src/facts/look.ts';
import type { Transport } from '../../src/ports.ts';
import { Secret } from '../../src/shell/secret.ts';
import { aHost, anInventory } from '../domain/examples.ts';
import { Account } from '../support/account.ts';
import { freePort } from '../support/free-port.ts';
import { makeKey } from '../support/keys.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { clientOf } from '../support/ssh-client.ts';
import { Sshd } from '../support/sshd.ts';

const WHO = { title: 't', script: 'id -un; echo "$SUDO_USER"' };

describe('logging in', () => {
  let sshd: Sshd;
  let account: Account;

  beforeAll(async () => {
    sshd = await Sshd.start({ config: ['LogLevel DEBUG1'] });
    account = new Account({ sudo: true });
  });

  afterAll(async () => {
    account[Symbol.dispose]();
    await sshd[Symbol.asyncDispose]();
  });

  it('needs no sudo as root', async () => {
    await using transport = clientOf(sshd);
    expect(await transport.exec(WHO)).toMatchObject({ code: 0, stdout: 'root\n\n' });
  });

  it('reaches a host by its IPv6 address, and names it so that it can be read', async () => {
    const options = { knownHosts: sshd.knownHosts(`[::1]:${sshd.port}`) };
    {
      await using transport = clientOf(sshd, { target: { address: '::1' }, options });
      expect(await transport.exec(WHO)).toMatchObject({ code: 0, stdout: 'root\n\n' });
    }
    const key = makeKey(sshd.folder, 'stranger6');
    const auth = { privateKey: new Secret('ssh-key', key.privateKey) };
    await using stranger = clientOf(sshd, { target: { address: '::1' }, auth, options });
    await expect(stranger.exec(WHO)).rejects.toThrow(`web1 (root@[::1]:${sshd.port}) refuses the login`);
  });

  it('becomes root through sudo as another user', async () => {
    await using transport = clientOf(sshd, { target: { user: account.name } });
    expect(await transport.exec(WHO)).toMatchObject({ code: 0, stdout: `root\n${account.name}\n` });
  });

  it('looks by a key that is bound to looking, does nothing else, and says so', async () => {
    const program = new URL('../../host/synnefo-upgrade-look', import.meta.url).pathname;
    const key = makeKey(sshd.folder, 'bound');
    sshd.admit({ ...key, publicKey: `restrict,command="sudo -n ${program}" ${key.publicKey}` });
    const auth = { privateKey: new Secret('ssh-key', key.privateKey) };
    await using transport = clientOf(sshd, { target: { user: account.name }, auth });
    const looked = await transport.exec(look('log in'));
    expect(looked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^end\|\d+\n$/), stderr: '' });
    const refused = transport.exec(WHO);
    await expect(refused).rejects.toThrow(LookOnlyError);
    await expect(refused).rejects.toThrow('web1: nothing was done: this key can only look');
  });

  it('names the right of a bound key where sudo wants a password for that', async () => {
    using user = new Account();
    const key = makeKey(sshd.folder, 'bound-without-sudo');
    const program = '/usr/local/sbin/synnefo-upgrade-look';
    sshd.admit({ ...key, publicKey: `restrict,command="sudo -n ${program}" ${key.publicKey}` });
    const auth = { privateKey: new Secret('ssh-key', key.privateKey) };
    await using transport = clientOf(sshd, { target: { user: user.name }, auth });
    const refused = transport.exec(look('log in'));
    await expect(refused).rejects.toThrow(SudoError);
    await expect(refused).rejects.toThrow(
      /NOPASSWD: ALL \(or, where the key is bound to looking, the line that docs\/look-only-key\.md has instead\)$/,
    );
  });

  it.each(['/usr/bin/zsh', '/bin/dash'])('passes through %s as login shell', async (shell) => {
    using user = new Account({ shell, sudo: true });
    user.write('.zshenv', 'echo welcome; echo warning >&2\n');
    await using transport = clientOf(sshd, { target: { user: user.name } });
    const result = await transport.exec({ title: 't', script: 'echo "$1"', args: ["a 'b' $c"] });
    expect(result).toEqual({ code: 0, signal: null, stdout: "a 'b' $c\n", stderr: '' });
  });

  it('connects at the first command and shares the connection', async () => {
    await using transport = clientOf(sshd, { target: { user: account.name } });
    expect(sshd.sessions).toBe(0);
    await Promise.all(Array.from({ length: 20 }, () => transport.exec(WHO)));
    expect(sshd.sessions).toBe(1);
  });

  it('prefers the cipher that is fast here', async () => {
    await using transport = clientOf(sshd, { target: { user: account.name } });
    const before = sshd.log.length;
    await transport.exec(WHO);
    expect(sshd.log.slice(before)).toMatch(/client->server cipher: aes128-gcm@openssh.com/);
  });

  it('says what to do when sudo wants a password', async () => {
    using user = new Account();
    await using transport = clientOf(sshd, { target: { user: user.name } });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(SudoError);
    await expect(run).rejects.toThrow(`web1: ${user.name} cannot become root without a password`);
    await expect(run).rejects.toThrow(`${user.name} ALL=(root) NOPASSWD: ALL`);
  });

  it('says so when an account may log in and do nothing', async () => {
    using user = new Account({ shell: '/usr/sbin/nologin', sudo: true });
    await using transport = clientOf(sshd, { target: { user: user.name } });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(UnreachableError);
    await expect(run).rejects.toThrow(/no command can be run there: .*not available/);
  });

  it('names user, host and key when the key is refused', async () => {
    const key = makeKey(sshd.folder, 'stranger');
    const auth = { privateKey: new Secret('ssh-key', key.privateKey) };
    await using transport = clientOf(sshd, { auth });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(AuthenticationError);
    await expect(run).rejects.toThrow(`web1 (root@127.0.0.1:${sshd.port}) refuses the login of root`);
    await expect(run).rejects.toThrow(key.fingerprint);
  });

  it('registers key and passphrase as masks at once', () => {
    const key = makeKey(sshd.folder, 'masked', 'ed25519', 'open sesame');
    const log = new RecordingLog();
    const auth = {
      privateKey: new Secret('ssh-key', key.privateKey),
      passphrase: new Secret('passphrase', 'open sesame'),
    };
    clientOf(sshd, { auth, options: { log } });
    expect(log.masks).toEqual([key.privateKey, 'open sesame']);
  });

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('opens an %s key with its passphrase', async (type) => {
    const key = makeKey(sshd.folder, `locked_${type}`, type, 'open sesame');
    using user = new Account({ sudo: true });
    sshd.admit(key);
    const auth = {
      // As it comes out of a form field.
      privateKey: new Secret('ssh-key', key.privateKey.trim().replaceAll('\n', '\r\n')),
      passphrase: new Secret('passphrase', 'open sesame'),
    };
    await using transport = clientOf(sshd, { auth, target: { user: user.name } });
    expect(await transport.exec(WHO)).toMatchObject({ code: 0 });
  });

  const bad: Array<[string, (key: string) => Record<string, string>]> = [
    ['a wrong passphrase', (privateKey) => ({ privateKey, passphrase: 'wrong' })],
    ['no passphrase', (privateKey) => ({ privateKey })],
    ['something else than a key', () => ({ privateKey: 'ssh-rsa AAAA' })],
    ['neither key nor agent', () => ({})],
  ];
  it.each(bad)('refuses %s before it connects, without showing the key', (name, authOf) => {
    const key = makeKey(sshd.folder, `bad_${name.replaceAll(' ', '_')}`, 'ed25519', 'right');
    const auth = Object.fromEntries(
      Object.entries(authOf(key.privateKey)).map(([field, value]) => [field, new Secret(field, value)]),
    );
    expect(() => clientOf(sshd, { auth })).toThrow(ConfigurationError);
    expect(() => clientOf(sshd, { auth })).not.toThrow(/PRIVATE/);
  });

  it('uses an ssh-agent', async () => {
    using agent = new Agent();
    agent.add(sshd.userKey.file);
    await using transport = clientOf(sshd, { auth: { agent: agent.socket }, target: { user: account.name } });
    expect(await transport.exec(WHO)).toMatchObject({ code: 0 });
  });

  it("lists the agent's keys when none is accepted", async () => {
    using agent = new Agent();
    const key = makeKey(sshd.folder, 'in_agent');
    agent.add(key.file);
    await using transport = clientOf(sshd, { auth: { agent: agent.socket } });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(AuthenticationError);
    await expect(run).rejects.toThrow(key.fingerprint);
  });

  it('says so when the agent is gone', async () => {
    await using transport = clientOf(sshd, { auth: { agent: `${sshd.folder}/no-agent` } });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(AuthenticationError);
    await expect(run).rejects.toThrow(`ssh-agent at ${sshd.folder}/no-agent cannot be used`);
  });

  it.each([
    ['nobody listens', async () => ({ port: await freePort() }), /cannot be reached: .*ECONNREFUSED/],
    [
      'the name is unknown',
      async () => ({ address: 'no-such-host.invalid' }),
      /cannot be reached: .*no-such-host/,
    ],
  ])('names the host when %s', async (_, target, words) => {
    await using transport = clientOf(sshd, { target: await target() });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(UnreachableError);
    await expect(run).rejects.toThrow(words);
    await expect(run).rejects.toThrow('web1 (root@');
  });

  it('gives up on something that accepts and says nothing', async () => {
    const silent = createServer(() => undefined);
    const port = await freePort();
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    await using transport = clientOf(sshd, { target: { port }, options: { connectTimeout: 300 } });
    await expect(transport.exec(WHO)).rejects.toThrow(UnreachableError);
    silent.close();
  });

  it('tries again at the next command after it failed', async () => {
    const late = await freePort();
    const knownHosts = sshd.knownHosts(`[127.0.0.1]:${late}`);
    const target = { port: late, user: account.name };
    await using transport = clientOf(sshd, { target, options: { knownHosts } });
    await expect(transport.exec(WHO)).rejects.toThrow(UnreachableError);
    await using _ = await sshd.alsoOn(late);
    expect(await transport.exec(WHO)).toMatchObject({ code: 0 });
  });
});

describe('jump hosts', () => {
  it('reaches a host through another one, and checks the keys of both', async () => {
    await using gate = await Sshd.start({ config: ['LogLevel DEBUG1'] });
    await using sshd = await Sshd.start();
    using account = new Account({ sudo: true });
    gate.admit(sshd.userKey);
    const jump = { name: 'gate', address: '127.0.0.1', port: gate.port, user: account.name };
    const target = { jump, user: account.name };
    const both = sshd.knownHosts() + gate.knownHosts();
    {
      await using transport = clientOf(sshd, { target, options: { knownHosts: both } });
      let bytes = 0;
      const onStdout = (chunk: Buffer) => {
        bytes += chunk.length;
      };
      await transport.exec({ title: 't', script: 'head -c 20M /dev/zero' }, { onStdout });
      expect(bytes).toBe(20 * 1024 * 1024);
      expect(gate.log).toMatch(
        new RegExp(`direct-tcpip.*${sshd.port}|connect_to 127.0.0.1 port ${sshd.port}`, 's'),
      );
    }
    for (const [knownHosts, name] of [
      [sshd.knownHosts(), 'gate'],
      [gate.knownHosts(), 'web1'],
    ] as const) {
      await using transport = clientOf(sshd, { target, options: { knownHosts } });
      const run = transport.exec(WHO);
      await expect(run).rejects.toThrow(HostKeyError);
      await expect(run).rejects.toThrow(`${name} (`);
    }
  });

  it('reaches an IPv6 address through another one, as an inventory writes them', async () => {
    await using gate = await Sshd.start({ config: ['LogLevel DEBUG1'] });
    await using sshd = await Sshd.start();
    using account = new Account({ sudo: true });
    gate.admit(sshd.userKey);
    const jump = `${account.name}@[::1]:${gate.port}`;
    const far = aHost({ address: '0:0::1', port: sshd.port, user: account.name, jump });
    const connectFar = (knownHosts: string) => {
      const auth = { privateKey: new Secret('ssh-key', sshd.userKey.privateKey) };
      const hosts = connectHosts(anInventory({ hosts: { far } }), auth, knownHosts, new RecordingLog());
      return hosts.get('far') as Transport;
    };
    const pins = [`[::1]:${gate.port}`, `[::1]:${sshd.port}`] as const;
    const [ofGate, ofFar] = [gate.knownHosts(pins[0]), sshd.knownHosts(pins[1])];
    {
      await using transport = connectFar(ofGate + ofFar);
      expect(await transport.exec(WHO)).toMatchObject({ code: 0, stdout: `root\n${account.name}\n` });
      expect(gate.log).toContain(`connected to 0:0::1 port ${sshd.port}`);
    }
    await using unpinned = connectFar(ofFar);
    await expect(unpinned.exec(WHO)).rejects.toThrow(
      `::1 (${account.name}@[::1]:${gate.port}) has no pinned`,
    );
  });

  it('names the host behind the gate when it cannot be reached', async () => {
    await using gate = await Sshd.start();
    using account = new Account({ sudo: true });
    const jump = { name: 'gate', address: '127.0.0.1', port: gate.port, user: account.name };
    await using transport = clientOf(gate, { target: { jump, port: await freePort() } });
    const run = transport.exec(WHO);
    await expect(run).rejects.toThrow(UnreachableError);
    await expect(run).rejects.toThrow(/web1 .* cannot be reached through gate/);
  });
});

/** A real ssh-agent for the time of a test. */
class Agent {
  readonly socket: string;
  readonly #pid: number;

  constructor() {
    const words = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
    this.socket = /SSH_AUTH_SOCK=([^;]+);/.exec(words)?.[1] ?? '';
    this.#pid = Number(/SSH_AGENT_PID=(\d+);/.exec(words)?.[1]);
  }

  add(file: string): void {
    const added = spawnSync('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: this.socket } });
    expect(added.status).toBe(0);
  }

  [Symbol.dispose](): void {
    process.kill(this.#pid);
  }
}
