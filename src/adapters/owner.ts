import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { type Fate, keyOfRun, type Owner, type OwnerProcess } from '../domain/lock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Who we are, for the lock: the workflow run where there is one (all its jobs and attempts are one owner), else
 * this process. The variables are those that GitHub sets in every step.
 */
export function currentOwner(now: number, env: Environment = process.env): Owner {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_ACTOR: actor = '' } = env;
  if (env.GITHUB_ACTIONS === 'true' && repository !== undefined && run !== undefined) {
    const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
    return {
      key: keyOfRun({ server, repository, run }),
      run: `run ${run} of ${repository}`,
      actor,
      link: `${server}/${repository}/actions/runs/${run}`,
      since: now,
      process: null,
    };
  }
  const process = thisProcess();
  return {
    key: `process ${process.machine} ${process.bootId} ${process.namespace} ${process.pid} ${process.start}`,
    run: `process ${process.pid} on ${hostname()}`,
    actor: userInfo().username,
    link: '',
    since: now,
    process,
  };
}

/**
 * A dead process is proof that its lock is free. Of one on another machine nothing can be said, nor of one in another
 * container that may have come up with this machine's boot.
 */
export function fateOfProcess(there: OwnerProcess): Fate {
  const here = thisProcess();
  if (there.machine !== here.machine) {
    return { kind: 'unproved', why: 'its process is on another machine, where nobody can look from here' };
  }
  if (there.bootId !== here.bootId) {
    return { kind: 'dead' };
  }
  if (there.namespace !== here.namespace) {
    return { kind: 'unproved', why: 'its process is in another container of this machine' };
  }
  return startOf(there.pid) === there.start
    ? { kind: 'unproved', why: `its process ${there.pid} still runs on this machine` }
    : { kind: 'dead' };
}

function thisProcess(): OwnerProcess {
  return {
    machine: `${machineId()} ${hostname()}`,
    namespace: readlinkSync('/proc/self/ns/pid'),
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    pid: process.pid,
    start: startOf(process.pid) ?? '',
  };
}

/** As machine-id(5) has it; empty where the system has none. */
function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    // A container's image often has none: then its name alone has to do.
    return '';
  }
}

/** Field 22 of /proc/PID/stat; null when there is no such process. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // There is no such process (any more).
    return null;
  }
}
