import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { EXIT } from '../../src/commands/host-library.ts';
import { acquireLock, releaseLock } from '../../src/commands/lock.ts';
import { runStep } from '../../src/commands/step.ts';
import { supervisor } from '../../src/commands/supervisor.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { anOwner, movedHosts } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const ours = anOwner();
const theirs = anOwner({ key: 'github.com/example/cloud/18', run: 'example/cloud run 18', actor: 'another' });

describe('acquireLock', () => {
  it('takes a free lock, and leaves what a step needs', async () => {
    await using hosts = await movedHosts('one');
    const { code, stdout } = await hosts.host('one').exec(acquireLock('l1', ours, null));
    const root = hosts.host('one').root;
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'l1\n1\n\n' });
    expect(await readFile(join(root, 'lock', 'id'), 'utf8')).toBe('l1\n');
    expect(JSON.parse(await readFile(join(root, 'lock', 'owner'), 'utf8'))).toEqual(ours);
    expect(await readFile(join(root, 'supervisor'), 'utf8')).toContain(
      supervisor.text.split('\n').at(-2) ?? '?',
    );
    expect((await stat(join(root, 'lock'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(root, 'lock', 'owner'))).mode & 0o777).toBe(0o600);
  });

  it('is ours already when the run is the same one: the id stays, the epoch rises', async () => {
    await using hosts = await movedHosts('one');
    await hosts.host('one').exec(acquireLock('l1', ours, null));
    const later = { ...ours, since: ours.since + 60_000 };
    const { stdout } = await hosts.host('one').exec(acquireLock('l2', later, null));
    expect(stdout).toBe('l1\n2\n\n');
  });

  it('refuses another run, and says who holds it', async () => {
    await using hosts = await movedHosts('one');
    await hosts.host('one').exec(acquireLock('l1', ours, null));
    const { code, stdout } = await hosts.host('one').exec(acquireLock('l2', theirs, null));
    const [id, owner = ''] = stdout.split('\n');
    expect({ code, id }).toEqual({ code: EXIT.held, id: 'l1' });
    expect(JSON.parse(owner)).toEqual(ours);
    expect(await readFile(join(hosts.host('one').root, 'epoch'), 'utf8')).toBe('1\n');
  });

  it('is taken over by its id, and by no other one', async () => {
    await using hosts = await movedHosts('one');
    await hosts.host('one').exec(acquireLock('l1', ours, null));
    const wrong = await hosts.host('one').exec(acquireLock('l2', theirs, 'l0'));
    expect(wrong.code).toBe(EXIT.held);
    const right = await hosts.host('one').exec(acquireLock('l2', theirs, 'l1'));
    expect({ code: right.code, stdout: right.stdout }).toEqual({ code: 0, stdout: 'l2\n2\n\n' });
    const back = await hosts.host('one').exec(acquireLock('l3', ours, null));
    expect(back.code).toBe(EXIT.held);
  });

  it('goes to one of several that want it at the same time', async () => {
    await using hosts = await movedHosts('one');
    const wants = [1, 2, 3, 4, 5].map((n) =>
      hosts.host('one').exec(acquireLock(`l${n}`, anOwner({ key: `run ${n}` }), null)),
    );
    const codes = (await Promise.all(wants)).map(({ code }) => code);
    expect(codes.toSorted()).toEqual([0, EXIT.held, EXIT.held, EXIT.held, EXIT.held]);
  });

  it('keeps an owner whole who wrote quotes, newlines and commands', async () => {
    await using hosts = await movedHosts('one');
    const owner = anOwner({ actor: `o'"\`$(touch /tmp/never)\n::error::no`, key: "k'$(id)" });
    await hosts.host('one').exec(acquireLock('l1', owner, null));
    const { stdout } = await hosts.host('one').exec(acquireLock('l2', theirs, null));
    expect(JSON.parse(stdout.split('\n')[1] ?? '')).toEqual(owner);
  });
});

describe('releaseLock', () => {
  it('gives the lock back, but only the one that it names', async () => {
    await using hosts = await movedHosts('one');
    await hosts.host('one').exec(acquireLock('l1', ours, null));
    expect((await hosts.host('one').exec(releaseLock('l2', null))).code).toBe(0);
    expect((await hosts.host('one').exec(acquireLock('l2', theirs, null))).code).toBe(EXIT.held);
    expect((await hosts.host('one').exec(releaseLock('l1', null))).code).toBe(0);
    const taken = await hosts.host('one').exec(acquireLock('l2', theirs, null));
    // The epoch never begins anew: what was sent under the first lock is of the past.
    expect(taken.stdout).toBe('l2\n2\n\n');
  });

  it('has nothing to do on a host that was never locked', async () => {
    await using hosts = await movedHosts('one');
    expect((await hosts.host('one').exec(releaseLock('l1', null))).code).toBe(0);
  });

  it('stays while a step runs, and names it', async () => {
    await using hosts = await movedHosts('one');
    const host = hosts.host('one');
    await host.exec(acquireLock('l1', ours, null));
    const step = scriptStep({
      id: 'migrate.web.0',
      phase: 'migrate',
      host: 'one',
      title: 'migrate',
      script: `until [ -e ${join(host.root, 'go')} ]; do sleep 0.05; done`,
    });
    const running = host.exec(runStep(step, { upgrade: 'u1', lock: 'l1', epoch: 1 }, 'start', 0));
    while ((await host.exec({ title: 'look', script: `ls ${host.root}/upgrades/*/steps/*/pid` })).code !== 0);
    const busy = await host.exec(releaseLock('l1', null));
    expect({ code: busy.code, stdout: busy.stdout }).toEqual({
      code: EXIT.busy,
      stdout: `${host.root}/upgrades/u1/steps/migrate.web.0/\n`,
    });
    await host.exec({ title: 'go', script: `touch ${host.root}/go` });
    expect((await running).code).toBe(0);
    expect((await host.exec(releaseLock('l1', null))).code).toBe(0);
    expect((await host.exec(acquireLock('l2', theirs, null))).code).toBe(0);
  });
});
