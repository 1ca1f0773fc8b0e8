import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { EXIT } from '../../src/commands/host-library.ts';
import { closeUpgrade, forgetSteps, openUpgrade, writeRecord } from '../../src/commands/journal.ts';
import { runStep, type Tenure } from '../../src/commands/step.ts';
import type { HostJournal } from '../../src/domain/journal.ts';
import { parseJournalAnswer, readJournal } from '../../src/facts/journal.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { lockedHost } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const u1: Tenure = { upgrade: 'u1', lock: 'lock-1', epoch: 1 };

async function read(one: MovedHost): Promise<HostJournal> {
  const { code, stdout } = await one.exec(readJournal());
  expect(code).toBe(0);
  return parseJournalAnswer('one', stdout);
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
