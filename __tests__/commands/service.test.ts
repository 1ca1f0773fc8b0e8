import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveRunning, startService, stillDown, stillUp, stopService } from '../../src/commands/service.ts';
import type { ProcessHint } from '../../src/commands/service-library.ts';
import type { Ran } from './support/run.ts';
import { createSysvinitHost, type SysvinitHost } from './support/sysvinit-host.ts';

let host: SysvinitHost;
beforeAll(async () => {
  host = await createSysvinitHost();
});
afterAll(async () => await host[Symbol.asyncDispose]());

const startIt = (name: string, program: string): string =>
  `start) start-stop-daemon --start --quiet --background --make-pidfile --pidfile /run/${name}.pid --startas ${program} ;;`;
const stopIt = (name: string): string =>
  `stop) start-stop-daemon --stop --quiet --oknodo --retry 5 --remove-pidfile --pidfile /run/${name}.pid ;;`;

const stop = (name: string, hint: ProcessHint = {}, grace = 1): Promise<Ran> =>
  host.exec(stopService(name, hint, { settle: grace, grace, limit: 3 }).text);
const start = (name: string, hint: ProcessHint = {}): Promise<Ran> =>
  host.exec(startService(name, hint).text);
const isUp = async (name: string, hint: ProcessHint = {}): Promise<boolean> => {
  const [up, down] = [await host.exec(stillUp(name, hint).text), await host.exec(stillDown(name, hint).text)];
  expect([up.code, down.code].toSorted()).toEqual([0, 1]);
  return up.code === 0;
};

describe('a service that behaves', () => {
  beforeAll(async () => {
    await host.initScript('honest', startIt('honest', await host.daemon('honestd')) + stopIt('honest'));
  });

  it('starts, runs and stops', async () => {
    expect(await start('honest')).toMatchObject({ code: 0, stdout: 'honest is up\n' });
    expect(await isUp('honest')).toBe(true);
    expect(await host.exec(proveRunning('honest', {}, 1).text)).toMatchObject({ code: 0 });
    expect(await stop('honest')).toEqual({ code: 0, stdout: 'honest is down\n', stderr: '' });
    expect(await isUp('honest')).toBe(false);
    expect(await stop('honest')).toMatchObject({ code: 0 });
  });

  it('is no other process, and not the script that looks, whatever words they hold', async () => {
    const hint = { arguments: 'honestd' };
    await host.exec(`setsid bash -c 'exec -a other sleep 1000' > /dev/null 2>&1 &`);
    expect(await isUp('honest', hint)).toBe(false);
    const wrapped = await host.exec(
      `bash -c "$(cat << 'END'\n${stillDown('honest', hint).text}\nEND\n)" honestd honestd`,
    );
    expect(wrapped).toMatchObject({ code: 0, stdout: '' });
  });

  it('is not there: nothing to stop', async () => {
    expect(await stop('unheard-of')).toEqual({
      code: 0,
      stdout: 'unheard-of is not on this host\nunheard-of is down\n',
      stderr: '',
    });
  });
});

describe('a stop that ends well and stops nothing', () => {
  it('is made good by signals, and told', async () => {
    const program = await host.daemon('liard');
    await host.initScript('liar', `${startIt('liar', program)}\nstop) rm -f /run/liar.pid ;;`);
    const hint = { executable: program };
    await start('liar', hint);
    const { code, stdout } = await stop('liar', hint);
    expect(code).toBe(0);
    expect(stdout).toContain('the stop of liar left processes behind, which are now ended:');
    expect(stdout).toContain(program);
    expect(stdout).not.toContain('killed');
    expect(await isUp('liar', hint)).toBe(false);
  });

  it('takes SIGKILL where SIGTERM is ignored', async () => {
    const program = await host.daemon('stubbornd', `trap '' TERM\nwhile :; do sleep 0.2; done`);
    await host.initScript('stubborn', `${startIt('stubborn', program)}\nstop) rm -f /run/stubborn.pid ;;`);
    const hint = { arguments: 'stubbornd' };
    await start('stubborn', hint);
    const { code, stdout } = await stop('stubborn', hint);
    expect(code).toBe(0);
    expect(stdout).toContain('killed, since they did not end:');
    expect(await isUp('stubborn', hint)).toBe(false);
  });

  it('is bounded when it hangs', async () => {
    await host.initScript(
      'hanging',
      `${startIt('hanging', await host.daemon('hangingd'))}\nstop) sleep 1000 ;;`,
    );
    await start('hanging');
    const { code, stdout } = await stop('hanging');
    expect(code).toBe(0);
    expect(stdout).toContain('the stop of hanging ended with exit code 124');
    expect(await isUp('hanging')).toBe(false);
  });
});

describe('a start', () => {
  it('fails with its exit code', async () => {
    await host.initScript('refusing', 'start) echo "no such setting"; exit 3 ;;');
    const { code, stdout } = await start('refusing');
    expect(code).toBe(1);
    expect(stdout).toContain('no such setting\nthe start of refusing ended with exit code 3\n');
  });

  it('that ends well without a process fails', async () => {
    await host.initScript('empty', 'start) exit 0 ;;');
    const { code, stdout } = await start('empty');
    expect(code).toBe(1);
    expect(stdout).toContain('the start of empty ended well, but it has no process');
  });

  it('that dies a second later is found out', async () => {
    await host.initScript('dying', startIt('dying', await host.daemon('dyingd', 'sleep 1; exit 1')));
    expect(await start('dying')).toMatchObject({ code: 0 });
    const { code, stdout } = await host.exec(proveRunning('dying', {}, 3).text);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^dying lost its process \d+ within 3 seconds$/m);
  });

  it('that is replaced by another process a second later is found out', async () => {
    const program = await host.daemon('flappingd', 'while :; do sleep 0.2; done');
    await host.initScript('flapping', startIt('flapping', program));
    await start('flapping');
    const [ran] = await Promise.all([
      host.exec(proveRunning('flapping', { arguments: 'flappingd' }, 2).text),
      host.exec(
        `sleep 1; pkill -o -f '^/bin/bash ${program}'; setsid ${program} > /dev/null 2>&1 < /dev/null &`,
      ),
    ]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('lost its process');
  });
});

describe('a pidfile', () => {
  it('that names another process lies', async () => {
    await host.exec('setsid sleep 1000 > /dev/null 2>&1 & echo $! > /run/old.pid');
    await host.initScript('old', 'stop) exit 0 ;;');
    expect(await isUp('old', { pidfile: '/run/old.pid', executable: '/usr/sbin/old' })).toBe(false);
    expect(await isUp('old', { pidfile: '/run/old.pid' })).toBe(true);
    expect(await isUp('old', { pidfile: '/run/old.pid', user: 'nobody' })).toBe(false);
    expect(await isUp('old', { pidfile: '/run/old.pid', user: 'root', executable: 'sleep' })).toBe(true);
  });

  it('of an earlier boot says nothing', async () => {
    await host.exec(`touch -d '2001-01-01' ${host.folder}/x; cat /run/old.pid > ${host.folder}/old.pid;
      touch -d '2001-01-01' ${host.folder}/old.pid`);
    expect(await isUp('old', { pidfile: `${host.folder}/old.pid` })).toBe(false);
    await host.exec(`touch ${host.folder}/old.pid`);
    expect(await isUp('old', { pidfile: `${host.folder}/old.pid` })).toBe(true);
  });
});

it('does not count the dead: a zombie is no process', async () => {
  const program = await host.daemon('parentd', `(exec -a zombied sleep 0.1) & exec -a waiting sleep 1000`);
  await host.exec(`setsid ${program} > /dev/null 2>&1 < /dev/null & sleep 0.5`);
  expect((await host.exec('ps -e -o stat,args')).stdout).toMatch(/^Z.*defunct/m);
  expect(await isUp('nothing', { arguments: 'zombied' })).toBe(false);
  expect(await isUp('nothing', { arguments: 'waiting' })).toBe(true);
});

it('takes the program by its file after an upgrade replaced it', async () => {
  await host.exec(
    `cp /usr/bin/sleep ${host.folder}/renamed; cd /; (exec -a 'renamed: master' ${host.folder}/renamed 1000) > /dev/null 2>&1 &`,
  );
  const hint = { executable: `${host.folder}/renamed` };
  expect(await isUp('x', hint)).toBe(true);
  await host.exec(`rm ${host.folder}/renamed`);
  expect(await isUp('x', hint)).toBe(true);
});
