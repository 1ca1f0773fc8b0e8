import { describe, expect, it } from '@jest/globals';
import { strict } from '../../src/commands/bash.ts';
import { processLibrary } from '../../src/commands/process-library.ts';
import { shell } from './support/run.ts';

/**
 * A /proc of the test's own, in a mount namespace: 77 is a process like others, and of 78 everything can be opened and
 * nothing be read, as of one that ends in that moment.
 */
const PROC = `mount -t tmpfs none /proc
for pid in 77 78; do
  mkdir -p /proc/$pid/ns
  touch /proc/$pid/ns/pid
  echo "$pid (some) S 1 $(seq -s ' ' 30)" > /proc/$pid/stat
done
rm /proc/78/ns/pid; ln /proc/77/ns/pid /proc/78/ns/pid
ln -s 77 /proc/self
printf 'app\\0--serve\\0' > /proc/77/cmdline
printf 'Uid:\\t0\\t0\\t0\\t0\\n' > /proc/77/status
mkdir /proc/78/cmdline /proc/78/cgroup /proc/78/status
`;

async function inProc(script: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const text = `${PROC}${strict.text}${processLibrary.text}\n${script}`;
  return await shell('exec unshare -m bash -c "$TEXT"', { TEXT: text });
}

describe('scan_processes', () => {
  it('passes over a process that ends while it is looked at', async () => {
    const script = `scan_processes; echo "pids:$ALL_PIDS"; echo "command: \${P_COMMAND[77]}"`;
    expect(await inProc(script)).toEqual({
      code: 0,
      stdout: 'pids: 77\ncommand: app --serve\n',
      stderr: '',
    });
  });
});

describe('runs_as', () => {
  it('says no of a process that ends while it is looked at', async () => {
    const script = 'for pid in 77 78; do runs_as $pid root && echo "$pid yes" || echo "$pid no"; done';
    expect(await inProc(script)).toEqual({ code: 0, stdout: '77 yes\n78 no\n', stderr: '' });
  });
});
