import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { Tenure } from '../../src/commands/step.ts';
import type { UpgradeError } from '../../src/domain/errors.ts';
import type { ScriptStep } from '../../src/domain/step.ts';
import { runToEnd } from '../../src/executor/script-step.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { lockAll, lockedHost } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const tenure: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

function aStep(script: string, overrides: Partial<ScriptStep> = {}): ScriptStep {
  return scriptStep({
    id: 'migrate.web',
    phase: 'migrate',
    host: 'one',
    title: 'migrate',
    script,
    ...overrides,
  });
}

async function failureOf(work: Promise<unknown>): Promise<UpgradeError> {
  return (await work.then(
    () => Promise.reject(new Error('it ended well')),
    (error: unknown) => error,
  )) as UpgradeError;
}

describe('runToEnd', () => {
  it('says when a step ran, and shows what it printed behind its host', async () => {
    await using hosts = await lockedHost();
    const before = Date.now();
    const end = await runToEnd(hosts.runner, aStep('echo one; echo two >&2'), tenure, 'start');
    expect(end.rc).toBe(0);
    expect(end.started).toBeGreaterThanOrEqual(before - 1);
    expect(end.ended).toBeGreaterThanOrEqual(end.started);
    expect(hosts.log.lines).toEqual(['one │ one', 'one │ two']);
  });

  it('shows the last line, also when no newline ends it', async () => {
    await using hosts = await lockedHost();
    await runToEnd(hosts.runner, aStep('printf "no newline"'), tenure, 'start');
    expect(hosts.log.lines).toEqual(['one │ no newline']);
  });

  it('leaves out what dpkg overwrites while it counts', async () => {
    await using hosts = await lockedHost();
    const counting = String.raw`printf '(Reading database ... \r(Reading database ... 5%%\r(Reading database ... 9 files)\r\n'`;
    await runToEnd(hosts.runner, aStep(counting), tenure, 'start');
    expect(hosts.log.lines).toEqual(['one │ (Reading database ... 9 files)']);
  });

  it('fails with host, command, exit code and last output', async () => {
    await using hosts = await lockedHost();
    const error = await failureOf(runToEnd(hosts.runner, aStep('seq 1 100; exit 4'), tenure, 'start'));
    expect(error.message).toBe('one: migrate ended with exit code 4');
    expect(error.details).toMatchObject({ host: 'one', command: 'migrate' });
    expect(error.details.output.split('\n').slice(-2)).toEqual(['99', '100']);
    expect(error.details.output.split('\n').length).toBeLessThan(50);
  });

  it('says of a killed step that it died', async () => {
    await using hosts = await lockedHost();
    const kill = 'sleep 600 & kill -KILL $PPID; echo never';
    const error = await failureOf(runToEnd(hosts.runner, aStep(`echo half; ${kill}`), tenure, 'start'));
    expect(error.message).toContain('one: migrate died without an exit code');
    expect(error.details.output).toContain('half');
  });

  it('says which question nobody answered', async () => {
    await using hosts = await lockedHost();
    const step = aStep('printf "Really drop it? "; read -r word', { terminal: true });
    const error = await failureOf(runToEnd(hosts.runner, step, tenure, 'start'));
    expect(error.message).toContain('asked a question that the plan has no answer for');
    expect(error.details.output).toContain('Really drop it?');
    expect(error.details.next).toContain('answers');
  });

  it('goes on where the connection was cut, without a byte twice or lost', async () => {
    await using hosts = await lockedHost();
    const step = aStep(
      `echo begun >>${hosts.one.root}/count; for n in $(seq 1 400); do echo "line $n"; [ $((n % 100)) != 0 ] || sleep 0.3; done`,
    );
    // In the middle of a line.
    hosts.one.cutNext(1003);
    await runToEnd(hosts.runner, step, tenure, 'start');
    const shown = hosts.log.lines.filter((line) => line.startsWith('one │'));
    expect(shown).toEqual(Array.from({ length: 400 }, (_, index) => `one │ line ${index + 1}`));
    expect(hosts.log.lines).toContain('one: one: the connection was cut; connecting again');
    expect(await readFile(join(hosts.one.root, 'count'), 'utf8')).toBe('begun\n');
  });

  it('is fenced off when another process has taken over meanwhile', async () => {
    await using hosts = await lockedHost();
    await lockAll(hosts);
    const error = await failureOf(runToEnd(hosts.runner, aStep('echo late'), tenure, 'start'));
    expect(error.message).toBe('one: migrate ended with exit code 76');
    expect(error.details.output).toContain('this host is no longer ours');
  });

  it('ends the waiting, and not the step, when that takes too long', async () => {
    await using hosts = await lockedHost();
    const step = aStep(`echo slow; until [ -e ${hosts.one.root}/go ]; do sleep 0.02; done; echo done`, {
      timeLimit: 1.5,
    });
    const error = await failureOf(runToEnd(hosts.runner, step, tenure, 'start'));
    expect(error.message).toBe('one: migrate has not ended within 1.5 s');
    expect(error.details).toMatchObject({
      output: 'slow',
      state: 'It still runs on the host; the lock stays.',
      next: 'Run again: the next run follows it to its end.',
    });
    await hosts.one.exec({ title: 'go', script: `touch ${hosts.one.root}/go` });
    const end = await runToEnd(hosts.runner, { ...step, timeLimit: 60 }, tenure, 'follow');
    expect(end.rc).toBe(0);
  });

  it('ends at once when the run is cancelled, and leaves the step running', async () => {
    await using hosts = await lockedHost();
    const cancel = new AbortController();
    const runner = { ...hosts.runner, signal: cancel.signal };
    const step = aStep(
      `touch ${hosts.one.root}/begun; until [ -e ${hosts.one.root}/go ]; do sleep 0.02; done`,
    );
    const work = runToEnd(runner, step, tenure, 'start');
    await hosts.one.exec({
      title: 'wait',
      script: `until [ -e ${hosts.one.root}/begun ]; do sleep 0.02; done`,
    });
    cancel.abort(new Error('cancelled'));
    await expect(work).rejects.toThrow('cancelled');
    await hosts.one.exec({ title: 'go', script: `touch ${hosts.one.root}/go` });
    expect((await runToEnd(hosts.runner, step, tenure, 'follow')).rc).toBe(0);
  });
});
