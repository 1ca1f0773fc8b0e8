import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { closeUpgrade } from '../../src/commands/journal.ts';
import { UpgradeError } from '../../src/domain/errors.ts';
import { Journal, readJournals } from '../../src/executor/journal.ts';
import { runToEnd } from '../../src/executor/script-step.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { lockAll, type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** The journal as the next process finds it. */
async function reopened(hosts: MovedHosts, upgrade = 'u1'): Promise<Journal> {
  return new Journal(hosts.runner, await lockAll(hosts), upgrade, await readJournals(hosts.runner));
}

async function currents(hosts: MovedHosts): Promise<(string | null)[]> {
  return [...(await readJournals(hosts.runner)).values()].map(({ current }) => current);
}

describe('Journal', () => {
  it('opens an upgrade on every host, and closes it on every host', async () => {
    await using hosts = await movedHosts('a', 'b', 'c');
    const journal = await openJournal(hosts);
    expect(await currents(hosts)).toEqual(['u1', 'u1', 'u1']);
    await journal.close('finished');
    expect(await currents(hosts)).toEqual([null, null, null]);
  });

  it('begins and ends nowhere else when the first host refuses', async () => {
    await using hosts = await movedHosts('a', 'b');
    await openJournal(hosts, 'u0');
    const journal = new Journal(hosts.runner, await lockAll(hosts), 'u1', new Map());
    await expect(journal.open('{}')).rejects.toThrow(UpgradeError);
    expect(existsSync(join(hosts.host('b').root, 'upgrades', 'u1'))).toBe(false);
  });

  it('stays open on the first host when another one cannot be closed', async () => {
    await using hosts = await movedHosts('a', 'b');
    const journal = await openJournal(hosts);
    hosts.host('b').exec = async () => ({ code: 1, signal: null, stdout: '', stderr: 'disk full' });
    await expect(journal.close('finished')).rejects.toThrow('b: close the upgrade ended with exit code 1');
    const { current } = (
      await readJournals({ ...hosts.runner, hosts: new Map([['a', hosts.host('a')]]) })
    ).get('a') ?? { current: null };
    expect(current).toBe('u1');
  });

  it('is found again on hosts that were told of its end already', async () => {
    await using hosts = await movedHosts('a', 'b', 'c');
    const journal = await openJournal(hosts);
    const step = scriptStep({ id: 's.1', phase: 'prepare', host: 'b', title: 'one', script: 'true' });
    await runToEnd(hosts.runner, step, journal.tenure('b'), 'start');
    for (const name of ['b', 'c']) {
      expect((await hosts.host(name).exec(closeUpgrade(journal.tenure(name), 'finished'))).code).toBe(0);
    }
    const next = await reopened(hosts);
    expect(next.step('b', 's.1')?.state).toMatchObject({ kind: 'ended', rc: 0 });
    await next.open('{}');
    await next.close('finished');
    expect(await currents(hosts)).toEqual([null, null, null]);
  });

  it('finds again, in the next process, what ran and what was written', async () => {
    await using hosts = await movedHosts('a', 'b');
    const journal = await openJournal(hosts);
    const step = scriptStep({ id: 's.1', phase: 'prepare', host: 'b', title: 'one', script: 'true' });
    await runToEnd(hosts.runner, step, journal.tenure('b'), 'start');
    await journal.write('a', 'dump.shop.before', '{"first": true}', true);
    const next = await reopened(hosts);
    expect(next.step('b', 's.1')?.state).toMatchObject({ kind: 'ended', rc: 0 });
    expect(next.step('a', 's.1')).toBeUndefined();
    expect(next.record('a', 'dump.shop.before')).toBe('{"first": true}');
    expect(next.steps().map(([host, id]) => `${host} ${id}`)).toEqual(['b s.1']);
  });

  it('knows nothing of what another upgrade left', async () => {
    await using hosts = await movedHosts('a');
    const first = await openJournal(hosts, 'u0');
    await first.write('a', 'record', 'old');
    await first.close('finished');
    const second = await openJournal(hosts, 'u1');
    expect(second.record('a', 'record')).toBeUndefined();
    expect((await reopened(hosts)).record('a', 'record')).toBeUndefined();
  });

  it('keeps the first of a record that is written once, here and on the host', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    await journal.write('a', 'dump', 'first', true);
    await journal.write('a', 'dump', 'second', true);
    expect(journal.record('a', 'dump')).toBe('first');
    expect((await reopened(hosts)).record('a', 'dump')).toBe('first');
  });

  it('replaces a record that is not', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    await journal.write('a', 'globals', 'first');
    await journal.write('a', 'globals', 'second');
    expect((await reopened(hosts)).record('a', 'globals')).toBe('second');
  });

  it('puts steps aside on their host, and forgets them', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    const step = scriptStep({ id: 's.1', phase: 'migrate', host: 'a', title: 'one', script: 'true' });
    await runToEnd(hosts.runner, step, journal.tenure('a'), 'start');
    const next = await reopened(hosts);
    await next.forget('a', ['s.1']);
    expect(next.step('a', 's.1')).toBeUndefined();
    expect((await reopened(hosts)).steps()).toEqual([]);
  });

  it('can write no more when the lock is lost', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    const next = await reopened(hosts);
    await expect(journal.write('a', 'record', 'late')).rejects.toThrow(
      'record record ended with exit code 76',
    );
    await expect(journal.close('finished')).rejects.toThrow('exit code 76');
    await next.write('a', 'record', 'in time');
    expect((await reopened(hosts)).record('a', 'record')).toBe('in time');
  });

  it('has no tenure on a host whose lock it does not hold', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    expect(() => journal.tenure('elsewhere')).toThrow('no lock is held on elsewhere');
  });
});
