import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './process.ts';

/** Common parent of the groups of all fleets. */
const PARENT = 'synnefo-upgrade-fleet';

/**
 * The hierarchies in which a container's init arranges its own processes: one where only version 2 is mounted,
 * two where version 1 leads. Without a group of its own in each, several containers share one and their
 * systemds fight over it.
 */
function hierarchies(): string[] {
  const root = '/sys/fs/cgroup';
  if (existsSync(join(root, 'cgroup.procs'))) return [root];
  const found = ['systemd', 'unified'].map((name) => join(root, name)).filter((path) => existsSync(path));
  if (found.length === 0) throw new Error(`no cgroup hierarchy below ${root}`);
  return found;
}

function folders(group: string): string[] {
  return hierarchies().map((root) => join(root, PARENT, group));
}

/** Makes the group; returns shell text that moves the shell running it there. */
export function enterScript(group: string): string {
  return folders(group)
    .map((folder) => {
      mkdirSync(folder, { recursive: true });
      return `echo $$ > ${folder}/cgroup.procs`;
    })
    .join('\n');
}

/** A group and all below it, deepest first; none where it is not there, or ended since it was listed. */
function walk(folder: string): string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...below.flatMap((entry) => walk(join(folder, entry.name))), folder];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** All processes of the group and the groups below it. */
export function processesOf(group: string): number[] {
  const pids = folders(group)
    .flatMap(walk)
    .flatMap((folder) => readProcs(folder));
  return [...new Set(pids)];
}

function readProcs(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch (error) {
    // The group may end between the listing and the reading.
    if (isGone(error)) return [];
    throw error;
  }
}

/** True when a file or process is simply not there any more. */
export function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH' || code === 'ENODEV';
}

/** Ends every process of the group at once and removes the group. */
export async function killGroup(group: string): Promise<void> {
  freeze(group, false);
  await until(`processes of ${group} gone`, 20, () => {
    const pids = processesOf(group);
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    return pids.length === 0;
  });
  await until(`group ${group} removed`, 20, () => removeGroup(group));
}

function removeGroup(group: string): boolean {
  for (const folder of folders(group).flatMap(walk)) {
    try {
      rmdirSync(folder);
    } catch (error) {
      // EBUSY: the kernel is still taking leave of its last process.
      if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
      if (!isGone(error)) throw error;
    }
  }
  return true;
}

/** Stops (or lets go on) every process of the group in its tracks. */
export function freeze(group: string, frozen: boolean): void {
  for (const folder of folders(group)) {
    const file = join(folder, 'cgroup.freeze');
    if (existsSync(file)) writeFileSync(file, frozen ? '1' : '0');
  }
}
