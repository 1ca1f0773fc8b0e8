import { readFile } from 'node:fs/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { closeUpgrade, openUpgrade } from '../../src/commands/journal.ts';
import { runStep, type Tenure } from '../../src/commands/step.ts';
import type { HostJournal } from '../../src/domain/journal.ts';
import { parseJournalAnswer, readJournal } from '../../src/facts/journal.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { anOwner, lockedHost, movedHosts } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const u1: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

async function read(one: MovedHost, upgrade?: string): Promise<HostJournal> {
  const { code, stdout } = await one.exec(readJournal(upgrade));
  expect(code).toBe(0);
  return parseJournalAnswer('one', stdout);
}

async function shell(one: MovedHost, script: string): Promise<void> {
  await one.exec({ title: 'look', script: `cd ${one.root}; ${script}` });
}

async function step(one: MovedHost, id: string, script: string): Promise<void> {
  const made = scriptStep({ id, phase: 'run-steps', host: 'one', title: id, script });
  await one.exec(runStep(made, u1, 'start', 0));
}

describe('readJournal', () => {
  it('reads an upgrade that is not current any more, if that is asked for and there is one', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'plan'));
    await step(hosts.one, 's.1', 'true');
    await hosts.one.exec(closeUpgrade(u1, 'finished'));
    const asked = async (upgrade?: string): Promise<[string | null, string[]]> => {
      const { current, steps } = await read(hosts.one, upgrade);
      return [current, [...steps.keys()]];
    };
    expect(await asked()).toEqual([null, []]);
    expect(await asked('u0')).toEqual([null, []]);
    expect(await asked('u1')).toEqual(['u1', ['s.1']]);
    await hosts.one.exec(openUpgrade({ ...u1, upgrade: 'u2' }, 'plan'));
    expect(await asked('u1')).toEqual(['u2', []]);
  });

  it('needs no journal and no lock', async () => {
    await using hosts = await movedHosts('one');
    expect(await read(hosts.host('one'))).toEqual({
      epoch: 0,
      lock: null,
      current: null,
      plan: null,
      steps: new Map(),
      records: new Map(),
    });
  });

  it('says who holds the lock, and how far every step is', async () => {
    await using hosts = await lockedHost();
    const { one } = hosts;
    await one.exec(openUpgrade(u1, 'one'));
    await step(one, 'a.good', 'true');
    await step(one, 'a.bad', 'exit 4');
    const dying = step(one, 'a.dead', `touch ${one.root}/dying; sleep 600`);
    const running = step(one, 'a.running', `until [ -e ${one.root}/go ]; do sleep 0.02; done`);
    await shell(one, 'until [ -e dying ] && [ -e upgrades/u1/steps/a.running/pid ]; do sleep 0.02; done');
    await shell(one, 'read -r pid _ <upgrades/u1/steps/a.dead/pid; kill -KILL -- "-$pid"');
    await shell(
      one,
      'mkdir upgrades/u1/steps/a.unborn upgrades/u1/steps/.a.half.new; echo 1 >upgrades/u1/steps/a.unborn/epoch',
    );
    await dying;
    const { lock, steps } = await read(one);
    await shell(one, 'touch go');
    await running;
    expect(lock).toEqual({ id: 'lock-1', owner: anOwner() });
    expect(Object.fromEntries([...steps].map(([id, { state }]) => [id, state]))).toEqual({
      'a.good': { kind: 'ended', rc: 0, started: expect.any(Number), ended: expect.any(Number) },
      'a.bad': { kind: 'ended', rc: 4, started: expect.any(Number), ended: expect.any(Number) },
      'a.dead': { kind: 'died' },
      'a.running': { kind: 'running' },
      'a.unborn': { kind: 'unborn' },
    });
  });

  it('calls a step dead whose host was booted since, though its pid lives', async () => {
    await using hosts = await lockedHost();
    const { one } = hosts;
    await one.exec(openUpgrade(u1, 'one'));
    const start = (await readFile('/proc/self/stat', 'utf8')).replace(/^.*\) /s, '').split(' ')[19];
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const other = boot.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const [id, bootId] of [
      ['a.now', boot],
      ['a.then', other],
    ]) {
      await shell(
        one,
        `mkdir upgrades/u1/steps/${id}; cd upgrades/u1/steps/${id}; echo 1 >epoch; echo ${process.pid} ${start} ${bootId} >pid`,
      );
    }
    const { steps } = await read(one);
    expect(steps.get('a.now')?.state).toEqual({ kind: 'running' });
    expect(steps.get('a.then')?.state).toEqual({ kind: 'died' });
  });

  it('says so when the current upgrade is missing', async () => {
    await using hosts = await lockedHost();
    await shell(hosts.one, 'echo u9 >current');
    const { code, stderr } = await hosts.one.exec(readJournal());
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${hosts.one.root}/upgrades/u9 is missing\n` });
  });

  it('refuses an id that leads anywhere else', async () => {
    await using hosts = await lockedHost();
    for (const id of ['../../etc', '.', 'a/b', '-x', '$(id)']) {
      const { code, stderr } = await hosts.one.exec(readJournal(id));
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('no id of an upgrade') });
    }
  });
});
