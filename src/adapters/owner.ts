import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Owner, OwnerProcess } from '../domain/lock.ts';

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
      key: `run ${server}/${repository} ${run}`,
      run: `run ${run} of ${repository}`,
      actor,
      link: `${server}/${repository}/actions/runs/${run}`,
      since: now,
      process: null,
    };
  }
  const process = thisProcess();
  return {
    key: `process ${process.machine} ${process.bootId} ${process.pid} ${process.start}`,
    run: `process ${process.pid} on ${process.machine}`,
    actor: userInfo().username,
    link: '',
    since: now,
    process,
  };
}

/** A dead process is proof that its lock is free; of one on another machine nothing can be said. */
export async function isGone(owner: Owner): Promise<boolean> {
  const here = thisProcess();
  if (owner.process === null || owner.process.machine !== here.machine) {
    return false;
  }
  return owner.process.bootId !== here.bootId || startOf(owner.process.pid) !== owner.process.start;
}

function thisProcess(): OwnerProcess {
  return {
    machine: hostname(),
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    pid: process.pid,
    start: startOf(process.pid) ?? '',
  };
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
