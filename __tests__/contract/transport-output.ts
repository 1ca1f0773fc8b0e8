import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Producer } from '../support/held-producer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Open } from './transport.ts';

const MIB = 1024 * 1024;

export function outputContract(open: Open): void {
  describe('output and end', () => {
    it('keeps standard output, standard error and exit code apart', async () => {
      await using opened = await open();
      const result = await opened.transport.exec({ title: 't', script: 'echo out; echo err >&2; exit 3' });
      expect(result).toEqual({ code: 3, signal: null, stdout: 'out\n', stderr: 'err\n' });
    });

    it.each([0, 1, 125, 255])('reports exit code %i', async (code) => {
      await using opened = await open();
      const { transport } = opened;
      const result = await transport.exec({ title: 't', script: 'exit "$1"', args: [String(code)] });
      expect(result.code).toBe(code);
    });

    it('reports no code for a shell that a signal ended', async () => {
      await using opened = await open();
      const result = await opened.transport.exec({ title: 't', script: 'echo before; kill -KILL $$' });
      expect(result.code).toBeNull();
      expect(result.stdout).toBe('before\n');
    });

    it('reports the exit code of every one of many short commands', async () => {
      await using opened = await open();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          opened.transport.exec({ title: 't', script: 'echo "$1"; exit "$1"', args: [String(index)] }),
        ),
      );
      expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(
        Array.from({ length: 50 }, (_, index) => [index, `${index}\n`]),
      );
    });

    it('streams every byte value unchanged', async () => {
      await using opened = await open();
      const hash = createHash('sha256');
      const script =
        'for i in {0..255}; do printf "\\\\x$(printf %x $i)"; done | (x=$(base64 -w0); for ((n = 0; n < 999; n++)); do printf %s "$x" | base64 -d; done)';
      const result = await opened.transport.exec(
        { title: 't', script },
        {
          onStdout: (chunk) => {
            hash.update(chunk);
          },
        },
      );
      const every = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
      const expected = createHash('sha256').update(Buffer.concat(Array.from({ length: 999 }, () => every)));
      expect(result).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(hash.digest('hex')).toBe(expected.digest('hex'));
    });

    it('holds the host back while a piece of output is being kept', async () => {
      await using opened = await open();
      await using folder = await temporaryFolder();
      const producer = new Producer(folder.path, 200);
      let taken = 0;
      let ahead = 0;
      const result = await opened.transport.exec(producer.command, {
        onStdout: async (chunk) => {
          taken += chunk.length;
          if (ahead === 0 && taken > 16 * MIB) {
            ahead = (await producer.held()) - taken;
          }
        },
      });
      expect(result.code).toBe(0);
      expect(taken).toBe(200 * MIB);
      expect(ahead).toBeLessThan(32 * MIB);
    });

    it('waits for a taker that is still busy when the command is over', async () => {
      await using opened = await open();
      let kept = '';
      await opened.transport.exec(
        { title: 't', script: 'echo one; sleep 0.2; echo two' },
        {
          onStdout: async (chunk) => {
            await sleep(500);
            kept += chunk;
          },
        },
      );
      expect(kept).toBe('one\ntwo\n');
    });

    it('fails with what the taker of the output threw', async () => {
      await using opened = await open();
      const full = new Error('no space left');
      const run = opened.transport.exec(
        { title: 't', script: 'cat /dev/zero' },
        { onStdout: () => Promise.reject(full) },
      );
      await expect(run).rejects.toBe(full);
      expect((await opened.transport.exec({ title: 't', script: 'echo on' })).stdout).toBe('on\n');
    });

    it('shows standard error as it comes and keeps its end', async () => {
      await using opened = await open();
      const seen: string[] = [];
      const script =
        'echo first >&2; sleep 0.3; echo second >&2; head -c 3M /dev/zero | tr "\\0" x >&2; echo last >&2';
      const result = await opened.transport.exec(
        { title: 't', script },
        {
          onStderr: (chunk) => {
            seen.push(chunk.toString());
          },
        },
      );
      expect(seen[0]).toBe('first\n');
      expect(seen.join('')).toHaveLength('first\nsecond\nlast\n'.length + 3 * MIB);
      expect(result.stderr.endsWith('xxx' + 'last\n')).toBe(true);
      expect(result.stderr.length).toBeLessThan(MIB);
    });

    it('takes a line of 100 MB that never ends', async () => {
      await using opened = await open();
      let bytes = 0;
      await opened.transport.exec(
        { title: 't', script: 'head -c 100000000 /dev/zero | tr "\\0" x' },
        {
          onStdout: (chunk) => {
            bytes += chunk.length;
          },
        },
      );
      expect(bytes).toBe(100_000_000);
    });
  });
}
