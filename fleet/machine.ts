import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { enterScript, isGone, killGroup, processesOf } from './cgroup.ts';
import type { HostPlan } from './layouts.ts';
import { clearOverlay, mountOverlay, type Overlay, overlayAt, unmountOverlay } from './overlay.ts';
import { digest } from './paths.ts';
import { attempt, type Result, until } from './process.ts';

/** One host of a fleet as this machine sees it: a folder, a control group, a name for nspawn. */
export interface Machine {
  plan: HostPlan;
  folder: string;
  group: string;
  machineName: string;
  overlay: Overlay;
}

export function machineOf(id: string, folder: string, plan: HostPlan): Machine {
  const own = join(folder, 'hosts', plan.name);
  const machineName = `${digest(id).slice(0, 8)}-${plan.name}`;
  return { plan, folder: own, group: `${id}/${plan.name}`, machineName, overlay: overlayAt(own) };
}

/** Mounts the machine's root over its layers. */
export async function assemble(machine: Machine, layers: readonly string[]): Promise<void> {
  mkdirSync(machine.folder, { recursive: true });
  await mountOverlay(machine.overlay, layers);
}

/** Starts the machine's init on the bridge and returns at once; see `settled`. */
export function start(machine: Machine, bridge: string): void {
  const options = [
    ...[
      '--quiet',
      '--register=no',
      '--keep-unit',
      '--link-journal=no',
      '--resolv-conf=off',
      '--timezone=off',
    ],
    ...['--console=read-only', `--network-bridge=${bridge}`, `--hostname=${machine.plan.name}`],
    ...[`--machine=${machine.machineName}`, '-D', machine.overlay.root, '--boot'],
  ];
  const log = openSync(join(machine.folder, 'console.log'), 'a');
  const script = `${enterScript(machine.group)}\nexec "$@"`;
  const child = spawn('sh', ['-eu', '-c', script, 'sh', 'systemd-nspawn', ...options], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  closeSync(log);
}

/** The machine's init as a pid of this machine, or undefined when it does not run. */
export function initOf(machine: Machine): number | undefined {
  return processesOf(machine.group).find((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return /^NSpid:\t\d+\t1$/m.test(status);
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  });
}

/** Runs a script as root inside a running machine, by its namespaces and not over its network. */
export async function execIn(machine: Machine, script: string, input?: string): Promise<Result> {
  const pid = initOf(machine);
  if (pid === undefined) throw new Error(`${machine.plan.name} does not run`);
  return enter(pid, script, input);
}

/** Runs a script as root in the namespaces of a machine's init. */
function enter(pid: number, script: string, input?: string): Promise<Result> {
  const environment = ['HOME=/root', 'LC_ALL=C.UTF-8', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'];
  const namespaces = ['--target', String(pid), '--all', '--root', '--wd', '--'];
  const command = ['env', '-i', ...environment, 'bash', '-c', script];
  return attempt('nsenter', [...namespaces, ...command], input === undefined ? {} : { input });
}

/** Ends the machine as a power cut does: nothing inside is told. What was written stays. */
export async function kill(machine: Machine): Promise<void> {
  const pid = initOf(machine);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await killGroup(machine.group);
  rmSync(`/run/systemd/nspawn/propagate/${machine.machineName}`, { recursive: true, force: true });
}

/** Unmounts a machine that does not run and forgets all that was written in it. */
export async function disassemble(machine: Machine): Promise<void> {
  await unmountOverlay(machine.overlay);
  clearOverlay(machine.overlay);
}

const SETTLED = {
  systemd:
    'state=$(systemctl is-system-running 2>/dev/null); [ "$state" = running ] || [ "$state" = degraded ]',
  // The second runlevel is reached when its links have been run.
  sysvinit: 'runlevel | grep -q " 2$" && ! pgrep -f "^(/bin/sh )?/etc/init.d/rc( |$)" && ! pgrep -x startpar',
} as const;

/** Waits until init has started everything and sshd listens. @throws Error with the console's tail otherwise. */
export async function settled(machine: Machine, seconds = 180): Promise<void> {
  const { name, init } = machine.plan;
  const ready = `${SETTLED[init]} && ss -Hltn sport = :22 | grep -q .`;
  try {
    await until(`${name} has booted`, seconds, async () => {
      // An init that moves to its own group just now is seen in neither, so it is looked for once a try.
      const pid = initOf(machine);
      return pid !== undefined && (await enter(pid, ready)).code === 0;
    });
  } catch (error) {
    const console = readFileSync(join(machine.folder, 'console.log'), 'utf8')
      .split('\n')
      .slice(-20)
      .join('\n');
    throw new Error(`${name} did not boot; its console:\n${console}`, { cause: error });
  }
}
