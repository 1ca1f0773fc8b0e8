import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { EXIT } from '../../src/commands/host-library.ts';
import { acquireLock } from '../../src/commands/lock.ts';
import { runStep, type StepMode, type Tenure } from '../../src/commands/step.ts';
import type { ScriptStep } from '../../src/domain/step.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import type { ExecResult } from '../../src/ports.ts';
import { Secret } from '../../src/shell/secret.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { anOwner, lockedHost } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const tenure: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

function aStep(script: string, overrides: Partial<ScriptStep> = {}): ScriptStep {
  return scriptStep({
    id: 'run-steps.try',
    phase: 'run-steps',
    host: 'one',
    title: 'try',
    script,
    ...overrides,
  });
}

/** A host on which the lock `l1` is held in its first epoch. */
async function again(one: MovedHost): Promise<Tenure> {
  const { stdout } = await one.exec(acquireLock('lock-1', anOwner(), null));
  return { ...tenure, epoch: Number(stdout.split('\n')[1]) };
}

function run(
  one: MovedHost,
  step: ScriptStep,
  mode: StepMode = 'start',
  under = tenure,
): Promise<ExecResult> {
  return one.exec(runStep(step, under, mode, 0));
}

function journaled(one: MovedHost, file: string): Promise<string> {
  return readFile(join(one.root, 'upgrades', 'u1', file), 'utf8');
}

async function waitFor(one: MovedHost, file: string): Promise<void> {
  await one.exec({ title: 'wait', script: `until [ -e ${one.root}/${file} ]; do sleep 0.02; done` });
}

describe('runStep', () => {
  it('runs a script, shows its output, and tells how it ended', async () => {
    await using hosts = await lockedHost();
    const { code, stdout, stderr } = await run(hosts.one, aStep('echo out; echo err >&2; exit 3'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'out\nerr\n' });
    expect(stderr.trim()).toMatch(/^3 \d+\.\d+ \d+\.\d+$/);
  });

  it('leaves a journal for ls and cat', async () => {
    await using hosts = await lockedHost();
    await run(hosts.one, aStep('echo done'));
    expect(await journaled(hosts.one, 'steps/run-steps.try/script')).toBe('echo done');
    expect(await journaled(hosts.one, 'steps/run-steps.try/log')).toBe('done\n');
    expect(await journaled(hosts.one, 'steps/run-steps.try/rc')).toBe('0\n');
    expect(await journaled(hosts.one, 'steps/run-steps.try/pid')).toMatch(/^\d+ \d+ [0-9a-f-]{36}\n$/);
  });

  it('gives the script the usual umask, the root folder and an empty input', async () => {
    await using hosts = await lockedHost();
    const { stdout } = await run(hosts.one, aStep('umask; pwd; cat; echo $-; tty'));
    expect(stdout.split('\n')).toEqual(['0022', '/', expect.not.stringContaining('u'), 'not a tty', '']);
  });

  it('sends variables and secrets into the process, and onto no disk', async () => {
    await using hosts = await lockedHost();
    const env = { PLACE: 'a "b" $c', TOKEN: new Secret('TOKEN', 'swordfish-71') };
    const { stdout } = await run(hosts.one, aStep('echo "$PLACE"; printf %s "$TOKEN" | wc -c', { env }));
    expect(stdout).toBe('a "b" $c\n12\n');
    const found = await hosts.one.exec({ title: 'look', script: `grep -r swordfish ${hosts.one.root}` });
    expect({ code: found.code, stdout: found.stdout }).toEqual({ code: 1, stdout: '' });
    expect(hosts.log.masks).toContain('swordfish-71');
  });

  it('prints from the byte on that it is asked for', async () => {
    await using hosts = await lockedHost();
    await run(hosts.one, aStep('printf 0123456789'));
    const { stdout } = await hosts.one.exec(runStep(aStep(''), tenure, 'follow', 7));
    expect(stdout).toBe('789');
  });

  it('follows what its own epoch began, instead of beginning it again', async () => {
    await using hosts = await lockedHost();
    const step = aStep(
      `echo begun >>${hosts.one.root}/count; until [ -e ${hosts.one.root}/go ]; do sleep 0.02; done`,
    );
    const first = run(hosts.one, step);
    await waitFor(hosts.one, 'count');
    const second = run(hosts.one, step);
    await hosts.one.exec({ title: 'go', script: `touch ${hosts.one.root}/go` });
    expect((await first).code).toBe(0);
    expect((await second).code).toBe(0);
    expect(await readFile(join(hosts.one.root, 'count'), 'utf8')).toBe('begun\n');
  });

  it('is begun by one of two that come at the same time', async () => {
    await using hosts = await lockedHost();
    const step = aStep(`echo begun >>${hosts.one.root}/count`);
    const ends = await Promise.all([run(hosts.one, step), run(hosts.one, step), run(hosts.one, step)]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await readFile(join(hosts.one.root, 'count'), 'utf8')).toBe('begun\n');
  });

  it('does not begin over what an earlier epoch left, unless it is asked to', async () => {
    await using hosts = await lockedHost();
    await run(hosts.one, aStep('echo first; exit 1'));
    const later = await again(hosts.one);
    const refused = await run(hosts.one, aStep('echo second'), 'start', later);
    expect(refused.code).toBe(EXIT.exists);
    const repeated = await run(hosts.one, aStep('echo second'), 'again', later);
    expect(repeated).toMatchObject({ code: 0, stdout: 'second\n' });
    expect(await journaled(hosts.one, 'earlier/run-steps.try.1/log')).toBe('first\n');
    await run(hosts.one, aStep('echo third'), 'again', await again(hosts.one));
    expect(await journaled(hosts.one, 'earlier/run-steps.try.2/log')).toBe('second\n');
    expect(await journaled(hosts.one, 'steps/run-steps.try/log')).toBe('third\n');
  });

  it('never begins beside one that runs', async () => {
    await using hosts = await lockedHost();
    const first = run(hosts.one, aStep(`until [ -e ${hosts.one.root}/go ]; do sleep 0.02; done; echo first`));
    await waitFor(hosts.one, 'upgrades/u1/steps/run-steps.try/pid');
    const later = await again(hosts.one);
    expect((await run(hosts.one, aStep('echo second'), 'start', later)).code).toBe(EXIT.busy);
    expect((await run(hosts.one, aStep('echo second'), 'again', later)).code).toBe(EXIT.busy);
    const followed = run(hosts.one, aStep('echo second'), 'follow', later);
    await hosts.one.exec({ title: 'go', script: `touch ${hosts.one.root}/go` });
    expect((await followed).stdout).toBe('first\n');
    await first;
  });

  it('changes nothing for who has lost the lock, or was overtaken', async () => {
    await using hosts = await lockedHost();
    await again(hosts.one);
    const zombie = await run(hosts.one, aStep('echo late'));
    expect(zombie.code).toBe(EXIT.fenced);
    expect(zombie.stderr).toContain('lock lock-1, epoch 2; we hold lock lock-1, epoch 1');
    const stranger = await run(hosts.one, aStep('echo late'), 'start', { ...tenure, lock: 'l0', epoch: 2 });
    expect(stranger.code).toBe(EXIT.fenced);
    const { stdout } = await hosts.one.exec({
      title: 'look',
      script: `find ${hosts.one.root} -name '*try*'`,
    });
    expect(stdout).toBe('');
  });

  it('says that a step died when its processes are gone without a word', async () => {
    await using hosts = await lockedHost();
    const step = aStep(`echo half; touch ${hosts.one.root}/begun; sleep 600`);
    const running = run(hosts.one, step);
    await waitFor(hosts.one, 'begun');
    const kill = `read -r pid _ <${hosts.one.root}/upgrades/u1/steps/run-steps.try/pid; kill -KILL -- "-$pid"`;
    expect((await hosts.one.exec({ title: 'kill', script: kill })).code).toBe(0);
    expect(await running).toMatchObject({ code: EXIT.died, stdout: 'half\n' });
  });

  it('has ended when its script has, whatever daemon it leaves behind', async () => {
    await using hosts = await lockedHost();
    const daemon = `setsid sleep 600 & echo $! >${hosts.one.root}/daemon`;
    const { code, stderr } = await run(hosts.one, aStep(`${daemon}; echo started`));
    expect(code).toBe(0);
    expect(stderr.trim()).toMatch(/^0 /);
    const alive = await hosts.one.exec({ title: 'end it', script: `kill $(cat ${hosts.one.root}/daemon)` });
    expect(alive.code).toBe(0);
  });
});
