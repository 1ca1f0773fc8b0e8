import { rmSync } from 'node:fs';
import { enterScript, killGroup } from './cgroup.ts';
import { attempt, CommandFailed, type Result } from './process.ts';

export interface Container {
  root: string;
  /** Control group and machine name. */
  group: string;
  /** Folders of this machine seen inside: path inside -> path outside. */
  readOnlyBinds?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
}

/** Runs a shell script inside a root that is not booted. @throws CommandFailed when it fails. */
export async function runInRoot(container: Container, script: string): Promise<Result> {
  const { group } = container;
  const options = [
    ...['--quiet', '--register=no', '--keep-unit', '--private-network', '--as-pid2', '--pipe'],
    ...[
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      `--machine=${group}`,
      '-D',
      container.root,
    ],
    ...Object.entries(container.readOnlyBinds ?? {}).map(([inside, out]) => `--bind-ro=${out}:${inside}`),
    ...Object.entries(container.env ?? {}).map(([name, value]) => `--setenv=${name}=${value}`),
  ];
  const enter = `${enterScript(group)}\nexec "$@"`;
  const command = ['systemd-nspawn', ...options, 'bash', '-eu', '-s'];
  try {
    const result = await attempt('sh', ['-eu', '-c', enter, 'sh', ...command], { input: script });
    if (result.code !== 0) throw new CommandFailed(`script in ${container.root}`, result);
    return result;
  } finally {
    await killGroup(group);
    // nspawn only removes this where /run is a tmpfs.
    rmSync(`/run/systemd/nspawn/propagate/${group}`, { recursive: true, force: true });
  }
}
