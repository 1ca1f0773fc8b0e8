import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { EXIT } from '../../src/commands/host-library.ts';
import {
  closeUpgrade,
  forgetSteps,
  openUpgrade,
  readJournal,
  writeRecord,
} from '../../src/commands/journal.ts';
import { runStep, type Tenure } from '../../src/commands/step.ts';
import { type HostJournal, parseJournal } from '../../src/domain/journal.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { anOwner, lockedHost, movedHosts } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const u1: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

async function read(one: MovedHost): Promise<HostJournal> {
  const { code, stdout } = await one.exec(readJournal());
  expect(code).toBe(0);
  return parseJournal('one', stdout);
}

async function shell(one: MovedHost, script: string): Promise<string> {
  return (await one.exec({ title: 'look', script: `cd ${one.root}; ${script}` })).stdout;
}

async function step(one: MovedHost, id: string, script: string, tenure = u1): Promise<number | null> {
  const made = scriptStep({ id, phase: 'run-steps', host: 'one', title: id, script });
  return (await one.exec(runStep(made, tenure, 'start', 0))).code;
}

describe('openUpgrade', () => {
  it('makes the upgrade, names it as current, and keeps the plan as it is', async () => {
    await using hosts = await lockedHost();
    const plan = '{"quotes": "it\'s", "dollar": "$(id)", "umlaut": "ü"}\n';
    expect((await hosts.one.exec(openUpgrade(u1, plan))).code).toBe(0);
    const journal = await read(hosts.one);
    expect({ current: journal.current, plan: journal.plan }).toEqual({ current: 'u1', plan });
    expect(await shell(hosts.one, 'find . -perm /077')).toBe('');
  });

  it('keeps every plan that it had, and the same one once', async () => {
    await using hosts = await lockedHost();
    for (const plan of ['one', 'one', 'two', 'three']) {
      await hosts.one.exec(openUpgrade(u1, plan));
    }
    const names = (await readdir(join(hosts.one.root, 'upgrades', 'u1'))).filter((name) =>
      name.startsWith('plan'),
    );
    expect(names.toSorted()).toEqual(['plan.1.json', 'plan.2.json', 'plan.json']);
    expect(
      await shell(hosts.one, 'cat upgrades/u1/plan.1.json upgrades/u1/plan.2.json upgrades/u1/plan.json'),
    ).toBe('onetwothree');
  });

  it('refuses to begin in the middle of another one', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    const other = await hosts.one.exec(openUpgrade({ ...u1, upgrade: 'u2' }, 'two'));
    expect({ code: other.code, stderr: other.stderr }).toEqual({
      code: 1,
      stderr: 'this host is in the middle of another upgrade: u1\n',
    });
    expect((await read(hosts.one)).current).toBe('u1');
  });

  it('is only for who holds the lock', async () => {
    await using hosts = await lockedHost();
    expect((await hosts.one.exec(openUpgrade({ ...u1, epoch: 7 }, 'one'))).code).toBe(EXIT.fenced);
    expect((await read(hosts.one)).current).toBeNull();
  });
});

describe('closeUpgrade', () => {
  it('writes how it ended and makes room for the next one', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    await hosts.one.exec(closeUpgrade(u1, 'abandoned'));
    expect(await shell(hosts.one, 'cat upgrades/u1/state')).toBe('abandoned\n');
    expect((await read(hosts.one)).current).toBeNull();
    expect((await hosts.one.exec(openUpgrade({ ...u1, upgrade: 'u2' }, 'two'))).code).toBe(0);
  });

  it('keeps the last three upgrades, dumps and all', async () => {
    await using hosts = await lockedHost();
    for (const upgrade of ['u1', 'u2', 'u3', 'u4', 'u5']) {
      const tenure = { ...u1, upgrade };
      await hosts.one.exec(openUpgrade(tenure, upgrade));
      await shell(hosts.one, `echo bytes >upgrades/${upgrade}/dumps/shop.dump`);
      await hosts.one.exec(closeUpgrade(tenure, 'finished'));
    }
    expect(await shell(hosts.one, 'ls upgrades/*/dumps/*')).toBe(
      ['u3', 'u4', 'u5'].map((id) => `upgrades/${id}/dumps/shop.dump\n`).join(''),
    );
  });

  it('removes none after one that came to nothing', async () => {
    await using hosts = await lockedHost();
    for (const upgrade of ['u1', 'u2', 'u3', 'u4']) {
      await hosts.one.exec(openUpgrade({ ...u1, upgrade }, upgrade));
      await hosts.one.exec(closeUpgrade({ ...u1, upgrade }, 'abandoned'));
    }
    expect(await shell(hosts.one, 'ls upgrades')).toBe('u1\nu2\nu3\nu4\n');
  });

  it('leaves one alone that is not current', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    await hosts.one.exec(closeUpgrade({ ...u1, upgrade: 'u0' }, 'finished'));
    expect((await read(hosts.one)).current).toBe('u1');
  });
});

describe('writeRecord', () => {
  it('replaces a record, or keeps the first one for ever', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    const content = `{"say": "it's $HOME"}\nsecond line`;
    await hosts.one.exec(writeRecord(u1, 'dump.shop.before', content, true));
    await hosts.one.exec(writeRecord(u1, 'dump.shop.before', 'another', true));
    await hosts.one.exec(writeRecord(u1, 'globals.5432', 'old', false));
    await hosts.one.exec(writeRecord(u1, 'globals.5432', 'new', false));
    expect(Object.fromEntries((await read(hosts.one)).records)).toEqual({
      'dump.shop.before': content,
      'globals.5432': 'new',
    });
  });

  it('shows no record that was written half', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    await shell(hosts.one, 'echo half >upgrades/u1/records/dump.shop.before.new');
    expect((await read(hosts.one)).records.size).toBe(0);
  });

  it('is only for who holds the lock', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    const late = await hosts.one.exec(writeRecord({ ...u1, lock: 'l0' }, 'a', 'b', true));
    expect(late.code).toBe(EXIT.fenced);
    expect((await read(hosts.one)).records.size).toBe(0);
  });
});

describe('readJournal', () => {
  it('reads an upgrade that is not current any more, if that is asked for and there is one', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'plan'));
    await step(hosts.one, 's.1', 'true');
    await hosts.one.exec(closeUpgrade(u1, 'finished'));
    const asked = async (upgrade?: string): Promise<[string | null, string[]]> => {
      const { current, steps } = parseJournal('one', (await hosts.one.exec(readJournal(upgrade))).stdout);
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
});

describe('forgetSteps', () => {
  it('puts steps aside, so that they run again', async () => {
    await using hosts = await lockedHost();
    await hosts.one.exec(openUpgrade(u1, 'one'));
    await step(hosts.one, 'migrate.a', 'echo first');
    const { code } = await hosts.one.exec(forgetSteps(u1, ['migrate.a', 'migrate.never']));
    expect(code).toBe(0);
    expect((await read(hosts.one)).steps.size).toBe(0);
    expect(await readFile(join(hosts.one.root, 'upgrades/u1/earlier/migrate.a.1/log'), 'utf8')).toBe(
      'first\n',
    );
  });

  it('refuses while one of them runs', async () => {
    await using hosts = await lockedHost();
    const { one } = hosts;
    await one.exec(openUpgrade(u1, 'one'));
    const running = step(one, 'migrate.a', `until [ -e ${one.root}/go ]; do sleep 0.02; done`);
    await shell(one, 'until [ -e upgrades/u1/steps/migrate.a/pid ]; do sleep 0.02; done');
    const { code, stderr } = await one.exec(forgetSteps(u1, ['migrate.a']));
    await shell(one, 'touch go');
    expect({ code, stderr }).toEqual({ code: EXIT.busy, stderr: 'migrate.a still runs\n' });
    expect(await running).toBe(0);
  });
});
