import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TimeLimitError, UpgradeError } from '../../src/domain/errors.ts';
import type { Open } from './transport.ts';

export function limitsContract(open: Open): void {
  describe('limits', () => {
    it('ends the waiting at the time limit, names host and command, and goes on with the next', async () => {
      await using opened = await open();
      const { transport } = opened;
      const run = transport.exec({ title: 'wait long', script: 'sleep 2' }, { timeLimit: 300 });
      await expect(run).rejects.toThrow(TimeLimitError);
      await expect(run).rejects.toThrow(`${transport.host}: "wait long" did not end within 300 ms`);
      expect((await transport.exec({ title: 't', script: 'echo on' })).stdout).toBe('on\n');
    });

    it('leaves what runs on the host alone at the time limit', async () => {
      await using opened = await open();
      const { transport } = opened;
      const script = 'echo $$; trap "" PIPE HUP; sleep 3';
      let pid = '';
      const take = (chunk: Buffer) => {
        pid += chunk;
      };
      const run = transport.exec({ title: 't', script }, { timeLimit: 1000, onStdout: take });
      await expect(run).rejects.toThrow(TimeLimitError);
      const alive = await transport.exec({ title: 't', script: 'kill -0 "$1"', args: [pid.trim()] });
      expect(alive.code).toBe(0);
    });

    it('ends the waiting when the signal says so, with its reason', async () => {
      await using opened = await open();
      const controller = new AbortController();
      const reason = new Error('cancelled');
      const run = opened.transport.exec({ title: 't', script: 'sleep 2' }, { signal: controller.signal });
      await Promise.all([expect(run).rejects.toBe(reason), sleep(300).then(() => controller.abort(reason))]);
    });

    it('starts nothing when the signal was given before', async () => {
      await using opened = await open();
      const signal = AbortSignal.abort(new Error('too late'));
      const run = opened.transport.exec({ title: 't', script: ':' }, { signal });
      await expect(run).rejects.toThrow('too late');
    });

    it('refuses to collect more than 16 MiB', async () => {
      await using opened = await open();
      const run = opened.transport.exec({ title: 'talk', script: 'cat /dev/zero' });
      await expect(run).rejects.toThrow(UpgradeError);
      await expect(run).rejects.toThrow('"talk" printed more than 16 MiB');
    });

    it('does not wait for a daemon that keeps the outputs open', async () => {
      await using opened = await open();
      const { transport } = opened;
      const result = await transport.exec({ title: 't', script: 'sleep 600 & echo $!; exit 5' });
      expect(result.code).toBe(5);
      const killed = await transport.exec({ title: 't', script: 'kill "$1"', args: [result.stdout.trim()] });
      expect(killed.code).toBe(0);
    }, 30_000);

    it('runs nothing after it was closed', async () => {
      await using opened = await open();
      await opened.transport[Symbol.asyncDispose]();
      await expect(opened.transport.exec({ title: 't', script: ':' })).rejects.toThrow('is closed');
    });
  });
}
