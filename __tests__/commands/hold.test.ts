import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdServices, releaseServices } from '../../src/commands/hold.ts';
import type { Shell } from '../../src/shell/quote.ts';
import { mustRun } from './support/run.ts';

let folder: string;
let places: { folder: string; etc: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-'));
  places = { folder: join(folder, `it's kept`), etc: join(folder, 'etc') };
  await mustRun(`mkdir -p '${places.etc}'/systemd/system '${places.etc}'/rc{0,1,2,3,4,5,6,S}.d
    cd '${places.etc}'
    for level in 2 3 4 5; do ln -s ../init.d/app rc$level.d/S03app; ln -s ../init.d/apple rc$level.d/S04apple; done
    for level in 0 1 6; do ln -s ../init.d/app rc$level.d/K01app; done`);
});
afterEach(async () => await rm(folder, { recursive: true }));

const look = (): Promise<string> => mustRun(`find '${folder}' -printf '%P %y %l\\n' | sort`);

/** Runs it where no systemd is to be seen, or where one seems to be, whose systemctl tells what it was asked. */
function runUnder(init: 'sysvinit' | 'systemd', script: Shell): Promise<string> {
  const fake = init === 'systemd' ? 'mkdir -p /run/systemd/system' : ':';
  return mustRun(
    `exec unshare -m bash -c 'mount -t tmpfs none /run; mount -t tmpfs none /usr/local/bin; ${fake}
      printf "#!/bin/sh\\necho systemctl \\$*\\n" > /usr/local/bin/systemctl; chmod +x /usr/local/bin/systemctl
      bash -s <<< "$SCRIPT"'`,
    { SCRIPT: script.text },
  );
}

describe('under sysvinit', () => {
  it('renames the links of the named services alone, and undoes it exactly', async () => {
    const before = await look();
    await runUnder('sysvinit', holdServices(['app', 'unheard-of'], places));
    const held = await look();
    expect(held).not.toMatch(/S\d\dapp /);
    expect(held).toContain('etc/rc2.d/K97app l ../init.d/app\n');
    expect(held).toContain('etc/rc2.d/S04apple l ../init.d/apple\n');
    await runUnder('sysvinit', holdServices(['app', 'unheard-of'], places));
    expect(await look()).toBe(held);
    await runUnder('sysvinit', releaseServices(['app', 'unheard-of'], places));
    await runUnder('sysvinit', releaseServices(['app', 'unheard-of'], places));
    expect((await look()).replace(`it's kept d \n`, '')).toBe(before);
  });

  it('undoes a hold that was cut in the middle', async () => {
    const before = await look();
    await runUnder('sysvinit', holdServices(['app'], places));
    await mustRun(`cd '${places.etc}'; mv rc4.d/K97app rc4.d/S03app`);
    await runUnder('sysvinit', releaseServices(['app'], places));
    expect((await look()).replace(`it's kept d \n`, '')).toBe(before);
  });
});

describe('under systemd', () => {
  it('adds a condition to the units and takes it away again', async () => {
    const before = await look();
    expect(await runUnder('systemd', holdServices(['app', 'db'], places))).toContain(
      'systemctl daemon-reload',
    );
    await runUnder('systemd', holdServices(['app', 'db'], places));
    const text = await mustRun(`cat '${places.etc}/systemd/system/app.service.d/synnefo-upgrade.conf'`);
    expect(text).toContain(`[Unit]\nConditionPathExists=!${places.folder}/hold\n`);
    expect(await look()).toContain(`it's kept/hold f `);
    expect(await runUnder('systemd', releaseServices(['app', 'db'], places))).toContain(
      'systemctl daemon-reload',
    );
    expect((await look()).replace(`it's kept d \n`, '')).toBe(before);
  });

  it('keeps folders and drop-ins that were there, and the hold while another service is held', async () => {
    await mustRun(`mkdir '${places.etc}'/systemd/system/{app,db}.service.d
      echo '# theirs' > '${places.etc}'/systemd/system/app.service.d/own.conf`);
    const before = await look();
    await runUnder('systemd', holdServices(['app', 'db'], places));
    await runUnder('systemd', releaseServices(['app'], places));
    expect(await look()).toContain(`it's kept/hold f `);
    await runUnder('systemd', releaseServices(['db'], places));
    expect((await look()).replace(`it's kept d \n`, '')).toBe(before);
  });
});
