import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, run } from './run.ts';

/** Processes and init scripts of its own on this machine, without systemd, whatever the machine runs itself. */
export interface SysvinitHost extends AsyncDisposable {
  /** Writable from inside, under the same path. */
  readonly folder: string;
  exec(script: string): Promise<Ran>;
  /** Writes /etc/init.d/NAME. @param cases the branches of its `case "$1"` */
  initScript(name: string, cases: string): Promise<void>;
  /** Writes a program that runs until it is ended, and returns its path. */
  daemon(name: string, body?: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function createSysvinitHost(): Promise<SysvinitHost> {
  const folder = await mkdtemp(join(tmpdir(), 'sysvinit-'));
  await mkdir(join(folder, 'init.d'));
  const init = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'bash', '-c', firstProcess],
    {
      env: { ...process.env, FOLDER: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise((resolve) => init.stdout.once('data', resolve));
  const pid = await childOf(init);
  return {
    folder,
    exec: (script) =>
      run(
        { title: 'test', script: `exec nsenter -t ${pid} -m -p -- bash -s <<< "$SCRIPT"` },
        { SCRIPT: script },
      ),
    initScript: async (name, cases) => {
      const path = join(folder, 'init.d', name);
      await writeFile(path, `#!/bin/sh\ncase "$1" in\n${cases}\nesac\n`, { mode: 0o755 });
    },
    daemon: async (name, body = 'while :; do sleep 0.2; done') => {
      const path = join(folder, name);
      await writeFile(path, `#!/bin/bash\n${body}\n`);
      await chmod(path, 0o755);
      return path;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => init.once('close', resolve));
      init.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}

/** Stays, and reaps what daemons leave, as an init does. */
const firstProcess = `set -e
mount -t tmpfs none /run
mount --bind "$FOLDER/init.d" /etc/init.d
echo ready
trap : CHLD
while :; do sleep 1 & wait; done`;

async function childOf(parent: ChildProcess): Promise<string> {
  const { stdout } = await run({
    title: 'test',
    script: `cat /proc/${parent.pid}/task/${parent.pid}/children`,
  });
  return stdout.trim();
}
