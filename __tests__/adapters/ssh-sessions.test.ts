import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TimeLimitError, UnreachableError } from '../../src/domain/errors.ts';
import { Account } from '../support/account.ts';
import { Producer } from '../support/held-producer.ts';
import { clientOf } from '../support/ssh-client.ts';
import { Sshd } from '../support/sshd.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

jest.setTimeout(120_000);

const MIB = 1024 * 1024;

describe('channels of a connection', () => {
  let account: Account;

  beforeAll(() => {
    account = new Account({ sudo: true });
  });

  afterAll(() => {
    account[Symbol.dispose]();
  });

  /** Runs so many commands at once and returns how many of them the host saw at the same time, at most. */
  async function mostAtOnce(sshd: Sshd, commands: number): Promise<number> {
    await using folder = await temporaryFolder();
    const log = `${folder.path}/log`;
    writeFileSync(log, '');
    await using transport = clientOf(sshd, { target: { user: account.name } });
    const script = 'echo + >>"$1"; sleep 0.2; echo - >>"$1"; echo "$2"';
    const runs = Array.from({ length: commands }, (_, index) =>
      transport.exec({ title: 't', script, args: [log, String(index)] }),
    );
    const results = await Promise.all(runs);
    expect(results.map(({ stdout }) => Number(stdout))).toEqual(results.map((_, index) => index));
    let now = 0;
    return Math.max(
      ...readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (now += line === '+' ? 1 : -1)),
    );
  }

  it('are eight at once where sshd allows ten', async () => {
    await using sshd = await Sshd.start();
    const most = await mostAtOnce(sshd, 50);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it.each([1, 3])('are no more than a server with MaxSessions %i allows', async (limit) => {
    await using sshd = await Sshd.start({ config: [`MaxSessions ${limit}`] });
    expect(await mostAtOnce(sshd, 20)).toBeLessThanOrEqual(limit);
    expect(sshd.log).toContain('no more sessions');
  });

  it('end with words where a server allows none', async () => {
    await using sshd = await Sshd.start({ config: ['MaxSessions 0'] });
    await using transport = clientOf(sshd, { target: { user: account.name } });
    const run = transport.exec({ title: 't', script: ':' });
    await expect(run).rejects.toThrow(UnreachableError);
    await expect(run).rejects.toThrow(/web1 .* opens no session: .*MaxSessions/);
  });

  it('do not run out when every one is held by a command that nobody waits for', async () => {
    await using sshd = await Sshd.start({ config: ['MaxSessions 2'] });
    await using transport = clientOf(sshd, { target: { user: account.name } });
    for (let index = 0; index < 2; index += 1) {
      const run = transport.exec({ title: 't', script: 'trap "" PIPE HUP; sleep 20' }, { timeLimit: 300 });
      await expect(run).rejects.toThrow(TimeLimitError);
    }
    expect(await transport.exec({ title: 't', script: 'echo on' })).toMatchObject({
      code: 0,
      stdout: 'on\n',
    });
  });

  describe('that are spare', () => {
    const watch = { title: 'watch', script: 'while echo; do sleep 0.1; done' };

    it('are only those of a connection that is there', async () => {
      await using sshd = await Sshd.start();
      await using transport = clientOf(sshd, { target: { user: account.name } });
      const run = transport.exec({ title: 't', script: ':' }, { spare: true });
      await expect(run).rejects.toThrow(UnreachableError);
      await transport.exec({ title: 't', script: ':' });
      expect(await transport.exec({ title: 't', script: 'echo on' }, { spare: true })).toMatchObject({
        stdout: 'on\n',
      });
    });

    it('leave seven to all else', async () => {
      await using sshd = await Sshd.start();
      await using transport = clientOf(sshd, { target: { user: account.name } });
      await transport.exec({ title: 't', script: ':' });
      const stop = new AbortController();
      const began = Promise.withResolvers<void>();
      const spare = transport.exec(watch, {
        spare: true,
        signal: stop.signal,
        onStdout: () => began.resolve(),
      });
      await began.promise;
      const runs = Array.from({ length: 20 }, () => transport.exec({ title: 't', script: 'sleep 0.1' }));
      expect((await Promise.all(runs)).every(({ code }) => code === 0)).toBe(true);
      stop.abort(new Error('enough'));
      await expect(spare).rejects.toThrow('enough');
    });

    it.each([1, 3])('are none where MaxSessions is %i: one that was taken is given back', async (limit) => {
      await using sshd = await Sshd.start({ config: [`MaxSessions ${limit}`] });
      await using transport = clientOf(sshd, { target: { user: account.name } });
      await transport.exec({ title: 't', script: ':' });
      const began = Promise.withResolvers<void>();
      const spare = transport.exec(watch, { spare: true, onStdout: () => began.resolve() });
      const ended = expect(spare).rejects.toThrow('no channel to spare');
      // The command before may still hold the only one: then it never begins.
      await Promise.race([began.promise, ended]);
      const runs = Array.from({ length: 6 }, () => transport.exec({ title: 't', script: 'sleep 0.2' }));
      expect((await Promise.all(runs)).every(({ code }) => code === 0)).toBe(true);
      await ended;
      await expect(transport.exec(watch, { spare: true })).rejects.toThrow('no channel to spare');
    });
  });

  it('let a host send further ahead than the two megabytes of ssh2', async () => {
    await using sshd = await Sshd.start();
    await using folder = await temporaryFolder();
    await using transport = clientOf(sshd, { target: { user: account.name } });
    const producer = new Producer(folder.path, 64);
    let taken = 0;
    let ahead = 0;
    await transport.exec(producer.command, {
      onStdout: async (chunk) => {
        taken += chunk.length;
        if (ahead === 0 && taken > 24 * MIB) {
          ahead = (await producer.held()) - taken;
        }
      },
    });
    expect(taken).toBe(64 * MIB);
    expect(ahead).toBeGreaterThan(4 * MIB);
  });

  it('run their command when the inside of ssh2 is another one', async () => {
    const { widenWindow } = await import('../../src/adapters/receive-window.ts');
    const { Readable } = await import('node:stream');
    expect(() => widenWindow(Readable.from([]))).not.toThrow();
  });
});
