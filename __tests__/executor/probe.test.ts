import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/adapters/clock.ts';
import { ConnectionLostError, UnreachableError } from '../../src/domain/errors.ts';
import type { Runner } from '../../src/executor/ask.ts';
import { Probe } from '../../src/executor/probe.ts';
import type { Clock, ExecOptions, ExecResult, Transport } from '../../src/ports.ts';
import { RecordingLog } from '../support/recording-log.ts';

type Act = (options: ExecOptions) => Promise<ExecResult>;

const ENDED: ExecResult = { code: 0, signal: null, stdout: '', stderr: '' };

/** A host that does one thing after the other; after the last one it waits until nobody wants it any more. */
function hostOf(...acts: readonly Act[]): {
  runner: (clock?: Clock) => Runner;
  log: RecordingLog;
  asked: ExecOptions[];
} {
  const log = new RecordingLog();
  const asked: ExecOptions[] = [];
  const one: Transport = {
    host: 'one',
    exec: async (_command, options = {}) => {
      const act = acts[asked.length] ?? waits;
      asked.push(options);
      return await act(options);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const runner = (clock: Clock = { now: systemClock.now, sleep: async () => undefined }): Runner => ({
    hosts: new Map([['one', one]]),
    log,
    clock,
    signal: new AbortController().signal,
  });
  return { runner, log, asked };
}

const waits: Act = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Says these lines, and then does another thing. */
const says =
  (lines: string, then: Act = async () => ENDED): Act =>
  async (options) => {
    await options.onStdout?.(Buffer.from(lines));
    return await then(options);
  };

const loses: Act = async () => {
  throw new ConnectionLostError('it went');
};

async function watched(host: ReturnType<typeof hostOf>, acts: number, clock?: Clock) {
  const watch = { host: 'one', command: { title: 'ask', script: '' }, checks: 2, clockOffset: 1000 };
  const probe = new Probe(host.runner(clock), [watch]);
  while (host.asked.length < acts) {
    await sleep(1);
  }
  // The last one has its turn before it is ended.
  await sleep(5);
  return (await probe.end())[0];
}

describe('Probe', () => {
  it("remembers the answers of every check by the runner's clock, also over a lost connection", async () => {
    const host = hostOf(
      says('11.5 0 good\n11.6 1 bad\n11.7\n12.0 0 ba', says('d\n', loses)),
      async () => {
        throw new UnreachableError('not yet');
      },
      says('20 0 bad\n20.1 1 bad\n20.2\n'),
      says('21 0 good\n'),
    );
    expect(await watched(host, 5)).toEqual({
      host: 'one',
      answers: [
        [
          { at: 10_500, good: true },
          { at: 11_000, good: false },
          { at: 20_000, good: true },
        ],
        [{ at: 10_600, good: false }],
      ],
      gaps: [],
    });
    expect(host.asked.every(({ spare }) => spare === true)).toBe(true);
    expect(host.log.lines).toEqual([]);
  });

  it('takes no other line for an answer', async () => {
    const host = hostOf(says('hello\n1 7 good\n1 0 fine\nx 0 good\n 1 0 good\n'));
    expect((await watched(host, 2))?.answers).toEqual([[], []]);
  });

  it('says when nobody could ask', async () => {
    let now = 0;
    const clock: Clock = {
      now: () => now,
      sleep: async () => {
        now += 20_000;
      },
    };
    const host = hostOf(says('1 0 good\n', loses), says('30 0 good\n'));
    expect((await watched(host, 3, clock))?.gaps).toEqual([
      { from: 0, to: 20_000 },
      { from: 20_000, to: 40_000 },
    ]);
  });

  it('gives up with one line where it cannot be asked, and harms nothing', async () => {
    const failing = hostOf(async () => ({ ...ENDED, code: 127, stderr: 'no date\n' }));
    expect(await watched(failing, 1)).toMatchObject({ answers: [[], []] });
    const broken = hostOf(async () => {
      throw new Error('no such thing');
    });
    expect(await watched(broken, 1)).toMatchObject({ answers: [[], []] });
    expect([failing.log.lines, broken.log.lines].map((lines) => lines.length)).toEqual([1, 1]);
    expect(failing.log.lines[0]).toContain('ended with exit code 127: no date');
  });
});
