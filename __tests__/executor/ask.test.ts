import { describe, expect, it, jest } from '@jest/globals';
import { ConnectionLostError, UnreachableError, UpgradeError } from '../../src/domain/errors.ts';
import { ABSENCE, ask, askOk, lastLines, type Runner, throughLosses } from '../../src/executor/ask.ts';
import { movedHosts } from '../support/moved-hosts.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** A runner whose clock runs by itself, a second for every look at it. */
function aRunner(): Runner & { readonly log: RecordingLog; readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  const clock = {
    now: () => {
      now += 1000;
      return now;
    },
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
  return { hosts: new Map(), log: new RecordingLog(), clock, signal: new AbortController().signal, slept };
}

describe('throughLosses', () => {
  it('repeats what was cut, and while the host is away after that', async () => {
    const runner = aRunner();
    const answers = [
      new ConnectionLostError('cut'),
      new UnreachableError('away'),
      new UnreachableError('still away'),
    ];
    const result = await throughLosses(runner, 'one', async () => {
      const error = answers.shift();
      if (error !== undefined) {
        throw error;
      }
      return 'back';
    });
    expect(result).toBe('back');
    expect(runner.log.lines).toEqual([
      'one: cut; connecting again',
      'one: away; connecting again',
      'one: still away; connecting again',
    ]);
  });

  it('does not wait for a host that was never there', async () => {
    const runner = aRunner();
    const failure = new UnreachableError('no route');
    let tries = 0;
    const work = throughLosses(runner, 'one', async () => {
      tries += 1;
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(tries).toBe(1);
    expect(failure.host).toBe('one');
  });

  it('gives up when the host has been gone for too long', async () => {
    const runner = aRunner();
    let first = true;
    const work = throughLosses(runner, 'one', async () => {
      if (first) {
        first = false;
        throw new ConnectionLostError('cut');
      }
      throw new UnreachableError('gone');
    });
    await expect(work).rejects.toThrow('gone');
    expect(runner.slept.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(ABSENCE / 2);
  });

  it('does not hide any other failure', async () => {
    const work = throughLosses(aRunner(), 'one', async () => Promise.reject(new RangeError('a mistake')));
    await expect(work).rejects.toThrow(RangeError);
  });
});

describe('ask', () => {
  it('has exit code and output of a command that failed', async () => {
    await using hosts = await movedHosts('one');
    const result = await ask(hosts.runner, 'one', { title: 'try', script: 'echo out; echo err >&2; exit 3' });
    expect(result).toMatchObject({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('asks again when a signal ended what it asked', async () => {
    await using hosts = await movedHosts('one');
    await using folder = await temporaryFolder();
    const file = `${folder.path}/asked`;
    const script = 'echo >>"$1"; [ "$(wc -l <"$1")" -ge 3 ] || kill -KILL $$; wc -l <"$1"';
    const result = await ask(hosts.runner, 'one', { title: 'count', script, args: [file] });
    expect(result).toMatchObject({ code: 0, stdout: '3\n' });
  });

  it('does not ask for ever what ends by a signal each time', async () => {
    await using hosts = await movedHosts('one');
    const clock = { now: () => 0, sleep: async () => undefined };
    const asking = ask({ ...hosts.runner, clock }, 'one', { title: 'count', script: 'kill -TERM $$' });
    await expect(asking).rejects.toThrow('count was ended by signal');
  });

  it('does not ask a host without a connection', async () => {
    await expect(ask(aRunner(), 'nowhere', { title: 'try', script: '' })).rejects.toThrow(
      'no connection was made for nowhere',
    );
  });
});

describe('askOk', () => {
  it('returns standard output', async () => {
    await using hosts = await movedHosts('one');
    expect(await askOk(hosts.runner, 'one', { title: 'try', script: 'echo yes' })).toBe('yes\n');
  });

  it('says host, command, exit code and last output of a failure', async () => {
    await using hosts = await movedHosts('one');
    const work = askOk(hosts.runner, 'one', {
      title: 'look at it',
      script: 'echo seen; echo bad >&2; exit 4',
    });
    const error = await work.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(UpgradeError);
    expect(error).toMatchObject({
      message: 'one: look at it ended with exit code 4',
      details: { host: 'one', command: 'look at it', output: 'seen\nbad' },
    });
  });
});

describe('lastLines', () => {
  it('keeps the end and leaves out empty lines', () => {
    expect(lastLines('a\r\n\n  \nb\nc\n', 2)).toBe('b\nc');
    expect(lastLines('')).toBe('');
  });
});
