import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectionLostError, UnreachableError } from '../../src/domain/errors.ts';
import type { Transport } from '../../src/ports.ts';
import { Account } from '../support/account.ts';
import { Relay } from '../support/relay.ts';
import { clientOf } from '../support/ssh-client.ts';
import { Sshd } from '../support/sshd.ts';

/** Prints a line, waits to be cut, and would print another. */
const CUT_HERE = { title: 'long work', script: 'echo started; sleep 3; echo ended' };

describe('a connection that goes while a command runs', () => {
  let sshd: Sshd;
  let account: Account;

  beforeAll(async () => {
    sshd = await Sshd.start();
    account = new Account({ sudo: true });
  });

  afterAll(async () => {
    account[Symbol.dispose]();
    await sshd[Symbol.asyncDispose]();
  });

  function through(relay: Relay): Transport {
    return clientOf(sshd, {
      target: { user: account.name, port: relay.port },
      options: {
        knownHosts: sshd.knownHosts(`[127.0.0.1]:${relay.port}`),
        keepaliveInterval: 300,
        keepaliveCount: 2,
        connectTimeout: 3000,
      },
    });
  }

  /** Runs the command and does something to the connection once its first line is there. */
  async function interrupted(transport: Transport, fault: () => void, streamed: boolean): Promise<unknown> {
    let seen = '';
    const onOutput = (chunk: Buffer) => {
      seen += chunk;
      if (seen === 'started\n') {
        fault();
      }
    };
    const script = streamed
      ? CUT_HERE.script
      : `${CUT_HERE.script} >&2`.replace('echo started', 'echo started >&2');
    return await transport.exec(
      { ...CUT_HERE, script },
      streamed ? { onStdout: onOutput } : { onStderr: onOutput },
    );
  }

  it.each([
    ['a reset', (relay: Relay) => relay.cut('reset'), 'ECONNRESET'],
    ['an orderly end', (relay: Relay) => relay.cut('fin'), 'the other side closed it'],
    ['a network that swallows everything', (relay: Relay) => relay.freeze(), 'Keepalive timeout'],
    ['the end of the server process', () => sshd.killSessions(), ''],
  ])('is an error, not an answer, after %s; the next command connects anew', async (_, fault, words) => {
    for (const streamed of [true, false]) {
      await using relay = await Relay.to(sshd.port);
      await using transport = through(relay);
      const run = interrupted(transport, () => fault(relay), streamed);
      await expect(run).rejects.toThrow(ConnectionLostError);
      await expect(run).rejects.toThrow(
        `web1 (${account.name}@127.0.0.1:${relay.port}): the connection was lost`,
      );
      await expect(run).rejects.toThrow(words);
      relay.thaw();
      expect(await transport.exec({ title: 't', script: 'echo again' })).toMatchObject({
        code: 0,
        stdout: 'again\n',
      });
    }
  });

  it('fails every command that ran on it, and connects once for all that follow', async () => {
    await using relay = await Relay.to(sshd.port);
    await using transport = through(relay);
    await transport.exec({ title: 't', script: ':' });
    const runs = Array.from({ length: 12 }, () => transport.exec(CUT_HERE));
    const outcomes = Promise.allSettled(runs);
    await sleep(700);
    relay.cut('reset');
    await sleep(100);
    const next = await Promise.all(
      Array.from({ length: 12 }, () => transport.exec({ title: 't', script: ':' })),
    );
    const failed = (await outcomes).filter(({ status }) => status === 'rejected');
    // Eight ran; the other four waited for their turn, and ran on the new connection.
    expect(failed.map((outcome) => (outcome as PromiseRejectedResult).reason)).toEqual(
      Array.from({ length: 8 }, () => expect.any(ConnectionLostError)),
    );
    expect(next.every(({ code }) => code === 0)).toBe(true);
    expect(relay.connections).toBe(1);
  });

  it('never repeats a lost command by itself', async () => {
    await using relay = await Relay.to(sshd.port);
    await using transport = through(relay);
    const script = 'echo run >>"$1"; echo started; sleep 1';
    const file = `${account.home}/runs`;
    const run = transport.exec({ title: 't', script, args: [file] }, { onStdout: () => relay.cut('reset') });
    await expect(run).rejects.toThrow(ConnectionLostError);
    const runs = await transport.exec({ title: 't', script: 'sleep 1.5; cat "$1"', args: [file] });
    expect(runs.stdout).toBe('run\n');
  });

  it('leaves what ran on the host to itself', async () => {
    await using relay = await Relay.to(sshd.port);
    await using transport = through(relay);
    const script = 'trap "" PIPE HUP; echo started; sleep 1; touch "$1"';
    const file = `${account.home}/finished`;
    const run = transport.exec({ title: 't', script, args: [file] }, { onStdout: () => relay.cut('reset') });
    await expect(run).rejects.toThrow(ConnectionLostError);
    const later = await transport.exec({ title: 't', script: 'sleep 2; test -e "$1"', args: [file] });
    expect(later.code).toBe(0);
  });

  it('never starts a script of which a part is missing', async () => {
    await using relay = await Relay.to(sshd.port);
    await using transport = through(relay);
    const file = `${account.home}/half`;
    await transport.exec({ title: 't', script: ':' });
    const padding = `: ${'x'.repeat(90)}\n`.repeat(300_000);
    const run = transport.exec({ title: 't', script: `touch "$1"\n${padding}`, args: [file] });
    relay.cutAfter(5_000_000);
    await expect(run).rejects.toThrow(ConnectionLostError);
    const later = await transport.exec({ title: 't', script: 'sleep 1; test -e "$1"', args: [file] });
    expect(later.code).toBe(1);
  });

  it('gives up with words when nobody is there after the loss', async () => {
    const relay = await Relay.to(sshd.port);
    await using transport = through(relay);
    await transport.exec({ title: 't', script: ':' });
    await relay[Symbol.asyncDispose]();
    await sleep(100);
    const run = transport.exec({ title: 't', script: ':' });
    await expect(run).rejects.toThrow(UnreachableError);
    await expect(run).rejects.toThrow(/web1 .* cannot be reached: .*ECONNREFUSED/);
  });

  it('is the same behind a jump host whose own connection goes', async () => {
    await using gate = await Sshd.start();
    gate.admit(sshd.userKey);
    await using relay = await Relay.to(gate.port);
    const jump = { name: 'gate', address: '127.0.0.1', port: relay.port, user: account.name };
    const knownHosts = sshd.knownHosts() + gate.knownHosts(`[127.0.0.1]:${relay.port}`);
    await using transport = clientOf(sshd, { target: { user: account.name, jump }, options: { knownHosts } });
    const run = interrupted(transport, () => relay.cut('reset'), true);
    await expect(run).rejects.toThrow(ConnectionLostError);
    await expect(run).rejects.toThrow(/web1 .* the connection was lost/);
    expect(await transport.exec({ title: 't', script: 'echo again' })).toMatchObject({ code: 0 });
  });
});
