import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { currentOwner, isGone } from '../../src/adapters/owner.ts';
import type { Owner, OwnerProcess } from '../../src/domain/lock.ts';

const NO_RUN = {};

function ours(changes: Partial<OwnerProcess> = {}): Owner {
  const owner = currentOwner(0, NO_RUN);
  return { ...owner, process: { ...(owner.process as OwnerProcess), ...changes } };
}

describe('currentOwner', () => {
  it('is the workflow run where there is one, the same for all its jobs and attempts', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '7', GITHUB_ACTOR: 'ann' };
    const owner = currentOwner(5, env);
    expect(owner).toEqual({
      key: 'run https://github.com/o/r 7',
      run: 'run 7 of o/r',
      actor: 'ann',
      link: 'https://github.com/o/r/actions/runs/7',
      since: 5,
      process: null,
    });
    expect(currentOwner(9, { ...env, GITHUB_RUN_ATTEMPT: '2' }).key).toBe(owner.key);
  });

  it('is this process elsewhere', () => {
    const { key, process: found } = ours();
    expect(found).toMatchObject({ pid: process.pid, namespace: expect.stringMatching(/^pid:\[\d+\]$/) });
    expect(key).toContain(String(process.pid));
  });
});

describe('isGone', () => {
  it('is not said of a run, of which a process proves nothing', async () => {
    expect(await isGone({ ...ours(), process: null })).toBe(false);
  });

  it('is not said of a process that lives', async () => {
    expect(await isGone(ours())).toBe(false);
  });

  it('is said of a process that died, and of another one under its pid', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid ?? 0;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    expect(await isGone(ours({ pid, start }))).toBe(false);
    expect(await isGone(ours({ pid, start: '1' }))).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isGone(ours({ pid, start }))).toBe(true);
  });

  it('is said of a process from before the boot', async () => {
    expect(await isGone(ours({ bootId: 'an earlier one' }))).toBe(true);
  });

  it.each([
    ['another machine', { machine: 'elsewhere', start: '1' }],
    ['another container', { namespace: 'pid:[1]', start: '1' }],
  ])('is not said of a process on %s, where nobody can look', async (_, changes) => {
    expect(await isGone(ours(changes))).toBe(false);
  });
});
