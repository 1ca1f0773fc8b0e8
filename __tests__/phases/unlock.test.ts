import { describe, expect, it, jest } from '@jest/globals';
import { Executor } from '../../src/executor/executor.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { unlock, whoHolds } from '../../src/phases/unlock.ts';
import { lockAll, movedHosts, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

describe('whoHolds', () => {
  it('finds nothing where nothing is', async () => {
    await using hosts = await movedHosts('one', 'two');
    expect(await whoHolds(hosts.runner)).toEqual({ locks: [], upgrade: null, open: [] });
  });

  it('names the owner, the upgrade and the steps that have not ended well', async () => {
    await using hosts = await movedHosts('one', 'two');
    const journal = await openJournal(hosts);
    const failing = scriptStep({
      id: 'migrate.a.0',
      phase: 'migrate',
      host: 'two',
      title: 'm',
      script: 'exit 3',
    });
    const stages = [{ phase: 'migrate' as const, title: 'm', lanes: [[failing]] }];
    await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toThrow();
    const held = await whoHolds(hosts.runner);
    expect(held).toMatchObject({
      upgrade: 'u1',
      locks: [
        { host: 'one', id: 'lock-1', owner: expect.stringContaining('started by operator') },
        { host: 'two', id: 'lock-1' },
      ],
      open: [{ host: 'two', id: 'migrate.a.0', state: 'ended with exit code 3' }],
    });
  });
});

describe('unlock', () => {
  it('gives back the lock that is named, on every host, and leaves the upgrade', async () => {
    await using hosts = await movedHosts('one', 'two');
    await openJournal(hosts);
    await unlock(hosts.runner, await whoHolds(hosts.runner), 'lock-1', false);
    const journals = [...(await readJournals(hosts.runner)).values()];
    expect(journals.map(({ lock, current }) => ({ lock, current }))).toEqual([
      { lock: null, current: 'u1' },
      { lock: null, current: 'u1' },
    ]);
  });

  it('changes nothing in a dry run', async () => {
    await using hosts = await movedHosts('one');
    await lockAll(hosts);
    await unlock(hosts.runner, await whoHolds(hosts.runner), 'lock-1', true);
    expect((await whoHolds(hosts.runner)).locks).toHaveLength(1);
  });

  it('refuses a lock that is not there, and names those that are', async () => {
    await using hosts = await movedHosts('one');
    await lockAll(hosts);
    const refused = unlock(hosts.runner, await whoHolds(hosts.runner), 'lock-2', false);
    await expect(refused).rejects.toMatchObject({
      message: 'no host holds the lock lock-2',
      details: { output: expect.stringContaining('one: example/cloud run 17') },
    });
    expect((await whoHolds(hosts.runner)).locks).toHaveLength(1);
  });

  it('leaves a lock under which a step still runs', async () => {
    await using hosts = await movedHosts('one');
    const journal = await openJournal(hosts);
    const { root } = hosts.host('one');
    const script = `until [ -e ${root}/go ]; do sleep 0.05; done`;
    const slow = scriptStep({ id: 'migrate.a.0', phase: 'migrate', host: 'one', title: 'm', script });
    const running = new Executor(hosts.runner, journal).run([
      { phase: 'migrate', title: 'm', lanes: [[slow]] },
    ]);
    try {
      while ((await whoHolds(hosts.runner)).open[0]?.state !== 'running') {
        await hosts.runner.clock.sleep(50);
      }
      const refused = unlock(hosts.runner, await whoHolds(hosts.runner), 'lock-1', false);
      await expect(refused).rejects.toThrow('the lock lock-1 stays, since steps still run under it');
    } finally {
      await hosts.host('one').exec({ title: 'go', script: `touch ${root}/go` });
      await running;
    }
    expect((await whoHolds(hosts.runner)).locks).toHaveLength(1);
  });
});
