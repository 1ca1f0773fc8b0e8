import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { currentOwner, fateOfProcess } from '../../src/adapters/owner.ts';
import type { OwnerProcess } from '../../src/domain/lock.ts';

const NO_RUN = {};

function ours(changes: Partial<OwnerProcess> = {}): OwnerProcess {
  return { ...(currentOwner(0, NO_RUN).process as OwnerProcess), ...changes };
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
    const { key, process: found } = currentOwner(0, NO_RUN);
    expect(found).toMatchObject({ pid: process.pid, namespace: expect.stringMatching(/^pid:\[\d+\]$/) });
    expect(key).toContain(String(process.pid));
  });
});

describe('fateOfProcess', () => {
  const alive = (words: string) => ({ kind: 'unproved', why: expect.stringContaining(words) });

  it('leaves a process that lives its lock', () => {
    expect(fateOfProcess(ours())).toEqual(alive(`its process ${process.pid} still runs`));
  });

  it('knows a process that died, and another one under its pid', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid ?? 0;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    expect(fateOfProcess(ours({ pid, start }))).toEqual(alive('still runs'));
    expect(fateOfProcess(ours({ pid, start: '1' }))).toEqual({ kind: 'dead' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fateOfProcess(ours({ pid, start }))).toEqual({ kind: 'dead' });
  });

  it('knows a process from before the boot', () => {
    expect(fateOfProcess(ours({ bootId: 'an earlier one' }))).toEqual({ kind: 'dead' });
  });

  it.each([
    ['another machine', { machine: 'elsewhere', start: '1' }],
    ['another container', { namespace: 'pid:[1]', start: '1' }],
  ])('says nothing of a process on %s, where nobody can look', (where, changes) => {
    expect(fateOfProcess(ours(changes))).toEqual(alive(where));
  });
});
