import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { runStep } from '../../src/commands/step.ts';
import type { Fate } from '../../src/domain/lock.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { acquireAll, releaseAll, releaseOwned } from '../../src/executor/lock.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import type { MovedHost } from '../support/moved-host.ts';
import { anOwner, lockAll, type MovedHosts, movedHosts, NOBODY_GONE } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const THEIRS = anOwner({
  key: 'github.com/example/cloud/99',
  run: 'example/cloud run 99',
  actor: 'somebody',
  link: 'https://github.com/example/cloud/actions/runs/99',
});

async function holder(host: MovedHost): Promise<string | null> {
  const file = join(host.root, 'lock', 'id');
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : null;
}

async function holders(hosts: MovedHosts): Promise<(string | null)[]> {
  return await Promise.all([...hosts.hosts.values()].map(holder));
}

/** Takes the lock of a single host for another run, as a run with another inventory might. */
async function lockOne(hosts: MovedHosts, name: string): Promise<void> {
  const runner = { ...hosts.runner, hosts: new Map([[name, hosts.host(name)]]) };
  await acquireAll(runner, 'theirs', THEIRS, NOBODY_GONE);
}

/** Does something while a step runs on the host `b`, in its first epoch. */
async function withRunningStep(
  hosts: MovedHosts,
  lock: string,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const b = hosts.host('b');
  const folder = `${b.root}/upgrades/u1/steps/install-packages.apt/`;
  const step = scriptStep({
    id: 'install-packages.apt',
    phase: 'install-packages',
    host: 'b',
    title: 'apt',
    script: `until [ -e ${b.root}/go ]; do sleep 0.02; done`,
  });
  const running = b.exec(runStep(step, { upgrade: 'u1', lock, epoch: 1 }, 'start', 0));
  await b.exec({ title: 'wait', script: `until [ -e ${folder}pid ]; do sleep 0.02; done` });
  try {
    await work(folder);
  } finally {
    await b.exec({ title: 'go', script: `touch ${b.root}/go` });
    await running;
  }
}

describe('acquireAll', () => {
  it('takes every host under one id, the first one first', async () => {
    await using hosts = await movedHosts('a', 'b', 'c');
    const lock = await lockAll(hosts);
    expect(lock).toEqual({
      id: 'lock-1',
      epochs: new Map([
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ]),
    });
    expect(await holders(hosts)).toEqual(['lock-1', 'lock-1', 'lock-1']);
  });

  it('asks no other host while the first one is held', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockOne(hosts, 'a');
    await expect(lockAll(hosts)).rejects.toThrow('the lock is held');
    expect(hosts.host('b').sent).toEqual([]);
  });

  it('says who holds it, since when, where to look, and how to take it over', async () => {
    await using hosts = await movedHosts('a');
    await lockOne(hosts, 'a');
    await expect(lockAll(hosts)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^a: the lock is held by example\/cloud run 99 \(https:.*\/99\), started by somebody at 2026-02-03T00:00:00\.000Z, lock theirs\nIt is not taken over: nobody can say\.$/,
      ),
      details: { host: 'a', next: expect.stringContaining('force-unlock: theirs') },
    });
  });

  it('gives back what it took when a later host is held', async () => {
    await using hosts = await movedHosts('a', 'b', 'c');
    await lockOne(hosts, 'b');
    await expect(lockAll(hosts)).rejects.toThrow('b: the lock is held');
    expect(await holders(hosts)).toEqual([null, 'theirs', null]);
  });

  it('is the same lock for the next attempt of a run, in a new epoch', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockAll(hosts, 'lock-1');
    const next = await lockAll(hosts, 'lock-2', anOwner({ since: Date.UTC(2026, 1, 4) }));
    expect(next).toEqual({
      id: 'lock-1',
      epochs: new Map([
        ['a', 2],
        ['b', 2],
      ]),
    });
  });

  it('completes a lock that an earlier attempt took on some hosts only', async () => {
    await using hosts = await movedHosts('a', 'b');
    const runner = { ...hosts.runner, hosts: new Map([['a', hosts.host('a')]]) };
    await acquireAll(runner, 'lock-1', anOwner(), NOBODY_GONE);
    const next = await lockAll(hosts, 'lock-2');
    expect(next).toEqual({
      id: 'lock-1',
      epochs: new Map([
        ['a', 2],
        ['b', 1],
      ]),
    });
  });

  it('takes a lock over whose id a person gave, on every host', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockAll(hosts, 'theirs', THEIRS);
    const lock = await acquireAll(hosts.runner, 'ours', anOwner(), { ...NOBODY_GONE, force: 'theirs' });
    expect(lock).toEqual({
      id: 'ours',
      epochs: new Map([
        ['a', 2],
        ['b', 2],
      ]),
    });
    expect(hosts.log.lines).toContain(
      `notice: a: taking over the lock of example/cloud run 99 (${THEIRS.link}), started by somebody at 2026-02-03T00:00:00.000Z, lock theirs`,
    );
  });

  it('takes nothing over by the id of another lock', async () => {
    await using hosts = await movedHosts('a');
    await lockAll(hosts, 'theirs', THEIRS);
    const work = acquireAll(hosts.runner, 'ours', anOwner(), { ...NOBODY_GONE, force: 'yesterdays' });
    await expect(work).rejects.toThrow(
      /the lock is held by .*, lock theirs; the input force-unlock names another one, yesterdays/,
    );
    expect(await holders(hosts)).toEqual(['theirs']);
  });

  /** Looks what became of owners by this word, and remembers whom it was asked about. */
  function taking(fate: Fate) {
    const asked: string[] = [];
    const fateOf = async ({ key }: { key: string }) => {
      asked.push(key);
      return fate;
    };
    return { asked, takeover: { force: null, fateOf } };
  }

  it.each(['dead', 'over'] as const)('takes a lock over whose owner is %s, asked once', async (kind) => {
    await using hosts = await movedHosts('a', 'b');
    await lockAll(hosts, 'theirs', THEIRS);
    const { asked, takeover } = taking({ kind });
    const lock = await acquireAll(hosts.runner, 'ours', anOwner(), takeover);
    expect(lock.id).toBe('ours');
    expect(asked).toEqual([THEIRS.key]);
    expect(await holders(hosts)).toEqual(['ours', 'ours']);
  });

  it('asks about every other lock that it meets', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockOne(hosts, 'a');
    const other = { ...hosts.runner, hosts: new Map([['b', hosts.host('b')]]) };
    await acquireAll(other, 'another', anOwner({ key: 'another' }), NOBODY_GONE);
    const { asked, takeover } = taking({ kind: 'over' });
    await acquireAll(hosts.runner, 'ours', anOwner(), takeover);
    expect(asked).toEqual([THEIRS.key, 'another']);
  });

  it('leaves the lock of a run that is over while a step still runs on any host', async () => {
    await using hosts = await movedHosts('a', 'b');
    const theirs = await lockAll(hosts, 'theirs', THEIRS);
    await withRunningStep(hosts, theirs.id, async (folder) => {
      const { takeover } = taking({ kind: 'over' });
      await expect(acquireAll(hosts.runner, 'ours', anOwner(), takeover)).rejects.toThrow(
        `It is not taken over: that run is over, and these steps still run: b: ${folder}. Wait until they have ended.`,
      );
      expect(await holders(hosts)).toEqual(['theirs', 'theirs']);
    });
    await acquireAll(hosts.runner, 'ours', anOwner(), taking({ kind: 'over' }).takeover);
    expect(await holders(hosts)).toEqual(['ours', 'ours']);
  });

  it('follows what a dead process began', async () => {
    await using hosts = await movedHosts('a', 'b');
    const theirs = await lockAll(hosts, 'theirs', THEIRS);
    await withRunningStep(hosts, theirs.id, async () => {
      await acquireAll(hosts.runner, 'ours', anOwner(), taking({ kind: 'dead' }).takeover);
      expect(await holders(hosts)).toEqual(['ours', 'ours']);
    });
  });
});

describe('releaseAll', () => {
  it('gives every host back, the first one last', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockAll(hosts);
    const before = hosts.host('a').sent.length;
    let firstWasHeld: string | null = 'never asked';
    const { exec } = hosts.host('b');
    hosts.host('b').exec = async (...args) => {
      firstWasHeld = await holder(hosts.host('a'));
      return await exec.apply(hosts.host('b'), args);
    };
    expect(await releaseAll(hosts.runner, { id: 'lock-1', epochs: new Map() })).toEqual([]);
    expect(firstWasHeld).toBe('lock-1');
    expect(hosts.host('a').sent.length).toBe(before + 1);
    expect(await holders(hosts)).toEqual([null, null]);
  });

  it('leaves a lock that was taken again since, by another attempt of the same run', async () => {
    await using hosts = await movedHosts('a', 'b');
    const first = await lockAll(hosts);
    const second = await lockAll(hosts);
    expect(second.id).toBe(first.id);
    await releaseAll(hosts.runner, first);
    expect(await holders(hosts)).toEqual(['lock-1', 'lock-1']);
    await releaseAll(hosts.runner, second);
    expect(await holders(hosts)).toEqual([null, null]);
  });

  it('keeps the first host while a step runs on another one, and names the step', async () => {
    await using hosts = await movedHosts('a', 'b');
    const lock = await lockAll(hosts);
    await withRunningStep(hosts, lock.id, async (folder) => {
      const busy = await releaseAll(hosts.runner, { id: 'lock-1', epochs: new Map() });
      expect(busy).toEqual([`b: ${folder}`]);
    });
    expect(await holders(hosts)).toEqual(['lock-1', 'lock-1']);
    expect(await releaseAll(hosts.runner, { id: 'lock-1', epochs: new Map() })).toEqual([]);
  });

  it("leaves another run's lock alone", async () => {
    await using hosts = await movedHosts('a');
    await lockAll(hosts, 'theirs', THEIRS);
    await releaseAll(hosts.runner, { id: 'lock-1', epochs: new Map() });
    expect(await holders(hosts)).toEqual(['theirs']);
  });
});

describe('releaseOwned', () => {
  it('gives back what an earlier process of the owner holds, and nothing of another', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockAll(hosts);
    const journals = await readJournals(hosts.runner);
    await releaseOwned(hosts.runner, THEIRS.key, journals);
    expect(await holders(hosts)).toEqual(['lock-1', 'lock-1']);
    await releaseOwned(hosts.runner, anOwner().key, journals);
    expect(await holders(hosts)).toEqual([null, null]);
  });

  it('finds a lock that only later hosts still have', async () => {
    await using hosts = await movedHosts('a', 'b');
    await lockOne(hosts, 'b');
    await releaseOwned(hosts.runner, THEIRS.key, await readJournals(hosts.runner));
    expect(await holders(hosts)).toEqual([null, null]);
  });
});
