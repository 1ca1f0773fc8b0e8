import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KnownHosts } from '../../src/adapters/known-hosts.ts';
import { ConfigurationError, HostKeyError } from '../../src/domain/errors.ts';
import { type KeyPair, makeKey } from '../support/keys.ts';
import { clientOf } from '../support/ssh-client.ts';
import { Sshd } from '../support/sshd.ts';

const ECHO = { title: 't', script: 'echo in' };

describe('host keys', () => {
  let sshd: Sshd;
  let other: KeyPair;
  let rsa: KeyPair;
  let ecdsa: KeyPair;

  beforeAll(async () => {
    sshd = await Sshd.start({
      hostKeys: ['ecdsa', 'rsa'],
      config: ['LogLevel DEBUG1'],
    });
    [ecdsa, rsa] = sshd.hostKeys as [KeyPair, KeyPair];
    other = makeKey(sshd.folder, 'other', 'ecdsa');
  });

  afterAll(async () => {
    await sshd[Symbol.asyncDispose]();
  });

  function here(): string {
    return `[127.0.0.1]:${sshd.port}`;
  }

  async function tryWith(knownHosts: string, address = '127.0.0.1'): Promise<string> {
    await using transport = clientOf(sshd, { target: { address }, options: { knownHosts } });
    return (await transport.exec(ECHO)).stdout;
  }

  /** Expects a refusal, and that the server never heard who wants to log in. */
  async function refusal(knownHosts: string, address?: string): Promise<string> {
    const logins = () => sshd.log.split('userauth-request').length;
    const before = logins();
    const error = await tryWith(knownHosts, address).catch((reason) => reason);
    expect(error).toBeInstanceOf(HostKeyError);
    expect(logins()).toBe(before);
    return error.message;
  }

  function hashed(line: string): string {
    const file = join(sshd.folder, 'known_hosts');
    writeFileSync(file, line);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    return readFileSync(file, 'utf8');
  }

  it('really hears of logins where the key is right', async () => {
    const before = sshd.log.length;
    expect(await tryWith(sshd.knownHosts())).toBe('in\n');
    expect(sshd.log.slice(before)).toMatch(/userauth-request for user root/);
  });

  it.each([
    ['by address and port', () => `${here()} ${ecdsa.publicKey}`],
    ['by name and port', () => `[web1]:${sshd.port} ${ecdsa.publicKey}`],
    ['by a name in capitals', () => `[WEB1]:${sshd.port} ${ecdsa.publicKey}`],
    ['among other names', () => `db1,${here()},web2 ${ecdsa.publicKey} a comment`],
    ['by a pattern', () => `[web?]:* ${ecdsa.publicKey}`],
    ['by a hashed name', () => hashed(`${here()} ${ecdsa.publicKey}\n`)],
    [
      'by one of several keys',
      () => `${here()} ${other.publicKey}\n# comment\n\n${here()} ${ecdsa.publicKey}\r\n`,
    ],
    ['by a key that is not its first', () => `${here()} ${rsa.publicKey}`],
    ['by all its keys', () => sshd.knownHosts()],
  ])('knows a host %s', async (_, knownHosts) => {
    expect(await tryWith(knownHosts())).toBe('in\n');
  });

  it('writes hashed names as ssh-keygen does', () => {
    expect(hashed(`${here()} ${ecdsa.publicKey}\n`)).toMatch(/^\|1\|.*\|.* ecdsa/);
  });

  it.each([
    ['no line at all', () => ''],
    ['lines of other hosts only', () => `web2 ${ecdsa.publicKey}\n[127.0.0.1]:1 ${ecdsa.publicKey}`],
    ['its line for port 22', () => `127.0.0.1 ${ecdsa.publicKey}`],
    ['a pattern with an exception for it', () => `*,!${here()} ${ecdsa.publicKey}`],
  ])('refuses an unknown host: %s', async (_, knownHosts) => {
    const message = await refusal(knownHosts());
    expect(message).toContain(`web1 (root@127.0.0.1:${sshd.port}) has no pinned key`);
    expect(message).toContain(ecdsa.fingerprint);
    expect(await tryWith(message.split('\n').at(-1) ?? '')).toBe('in\n');
  });

  it('refuses another key than the pinned one, shows both fingerprints and how to mend it', async () => {
    const message = await refusal(`${here()} ${other.publicKey}`);
    expect(message).toContain(`shows the key ecdsa-sha2-nistp256 ${ecdsa.fingerprint}`);
    expect(message).toContain(`pinned is ecdsa-sha2-nistp256 ${other.fingerprint}`);
    expect(message).toContain(`ssh-keyscan -p ${sshd.port} 127.0.0.1 | ssh-keygen -lf -`);
    expect(await tryWith(message.split('\n').at(-1) ?? '')).toBe('in\n');
  });

  it('shows both fingerprints too when the host has no key of the pinned type', async () => {
    const pinned = makeKey(sshd.folder, 'unlike', 'ed25519');
    const message = await refusal(`${here()} ${pinned.publicKey}`);
    expect(message).toContain(pinned.fingerprint);
    expect(message).toContain(ecdsa.fingerprint);
  });

  it('refuses a key that is revoked, even where another line allows it', async () => {
    const message = await refusal(`${here()} ${ecdsa.publicKey}\n@revoked * ${ecdsa.publicKey}`);
    expect(message).toContain('@revoked');
  });

  describe('of an IPv6 address', () => {
    const line = (name: string) => `${name} ${ecdsa.publicKey}\n`;

    it.each([
      ['::1', () => line(`[::1]:${sshd.port}`)],
      ['::1', () => hashed(line(`[::1]:${sshd.port}`))],
      ['::1', () => line('[::?]:*')],
      ['0:0:0:0:0:0:0:1', () => line(`[::1]:${sshd.port}`)],
      ['0:0:0:0:0:0:0:1', () => line(`[0:0:0:0:0:0:0:1]:${sshd.port}`)],
    ])('are known (%s)', async (address, knownHosts) => {
      expect(await tryWith(knownHosts(), address)).toBe('in\n');
    });

    it.each([
      ['::1', ''],
      ['0:0:0:0:0:0:0:1', ''],
      ['::1', '::1'],
      ['::1', '[::2]:*'],
    ])('are unknown (%s, where %p is known), and the line in the error pins them', async (address, known) => {
      const message = await refusal(known === '' ? '' : line(known), address);
      expect(message).toContain(`web1 (root@[${address}]:${sshd.port}) has no pinned key`);
      expect(message).toContain(`ssh-keyscan -p ${sshd.port} ${address} | ssh-keygen -lf -`);
      expect(await tryWith(message.split('\n').at(-1) ?? '', address)).toBe('in\n');
    });

    it('are written without brackets for port 22, as ssh-keyscan does', () => {
      const keys = (name: string, port: number) =>
        new KnownHosts(line('::1')).lookup([name], port).keys.length;
      expect([keys('::1', 22), keys('::1', sshd.port), keys('::2', 22)]).toEqual([1, 0, 0]);
    });
  });

  it.each([
    [
      'a certificate authority',
      () => `@cert-authority * ${ecdsa.publicKey}`,
      'a certificate authority cannot be used',
    ],
    ['an unknown marker', () => `@trusted * ${ecdsa.publicKey}`, '"@trusted" is no marker'],
    ['a line without a key', () => 'web1 ssh-ed25519', 'expected "name ssh-ed25519 AAAA..."'],
    ['a key of another type', () => `web1 ssh-ed25519 ${ecdsa.publicKey.split(' ')[1]}`, 'expected'],
  ])('refuses to read %s, and says where it stands', async (_, line, words) => {
    const run = () => clientOf(sshd, { options: { knownHosts: `# first\n${line()}\n` } });
    expect(run).toThrow(ConfigurationError);
    expect(run).toThrow(`known-hosts:2:1: ${words}`);
  });
});
