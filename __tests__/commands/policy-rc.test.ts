import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { installPolicy, policyStands, removePolicy } from '../../src/commands/policy-rc.ts';
import { mustRun, shell } from './support/run.ts';

let folder: string;
let places: { path: string; folder: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
  await mustRun(`mkdir ${folder}/no-packages; : > ${folder}/no-packages/status`);
  places = { path: join(folder, 'policy-rc.d'), folder: join(folder, `it's kept`) };
});
afterEach(async () => await rm(folder, { recursive: true }));

const services = ['gunicorn', 'snf-dispatcher', 'odd@1'];
const install = (): Promise<string> => mustRun(installPolicy(services, places).text);
/** Besides what apt does on this machine at the same time. */
const remove = (): Promise<string> =>
  mustRun(removePolicy(places).text, { DPKG_ADMINDIR: join(folder, 'no-packages') });

/** The policy's answer to invoke-rc.d. */
async function ask(...words: string[]): Promise<number | null> {
  const { code } = await shell(
    `exec ${places.path} "$@"`.replace('"$@"', words.map((word) => `'${word}'`).join(' ')),
  );
  return code;
}

describe('the policy', () => {
  it('denies the services that are named, in both ways to ask, and nothing else', async () => {
    await install();
    for (const service of services) {
      expect(await ask(service, 'start')).toBe(101);
      expect(await ask('--quiet', `${service}.service`, 'restart', '2')).toBe(101);
    }
    for (const other of ['ssh', 'ssh.service', 'gunicorn2', 'my-gunicorn', 'postgresql', 'odd@2']) {
      expect(await ask(other, 'restart')).toBe(0);
    }
    expect(await ask('--list')).toBe(0);
    expect((await stat(places.path)).mode & 0o777).toBe(0o755);
  });

  it('is what the real invoke-rc.d asks', async () => {
    await install();
    const script = `mount -t tmpfs none /run; mount -t tmpfs none /etc/init.d
      printf '#!/bin/sh\necho "$0 $1"\n' | tee /etc/init.d/gunicorn > /etc/init.d/other; chmod +x /etc/init.d/*
      sed 's,^POLICYHELPER=.*,POLICYHELPER=${places.path},' /usr/sbin/invoke-rc.d > ${folder}/invoke-rc.d
      for service in gunicorn other; do sh ${folder}/invoke-rc.d "$service" stop; done`;
    const { stdout, stderr } = await shell('exec unshare -m bash -c "$SCRIPT"', { SCRIPT: script });
    expect(stderr).toContain('policy-rc.d denied execution of stop');
    expect(stdout).toBe('/etc/init.d/other stop\n');
  });

  it('asks the one that was there about everything else', async () => {
    await writeFile(places.path, '#!/bin/sh\n[ "$1" = exim4 ] && exit 101\nexit 104\n', { mode: 0o755 });
    await install();
    await install();
    expect(await ask('gunicorn', 'start')).toBe(101);
    expect(await ask('exim4', 'start')).toBe(101);
    expect(await ask('ssh', 'start')).toBe(104);
  });
});

it('is known to stand, until it is removed or replaced', async () => {
  const stands = async () => (await shell(policyStands(places).text)).code;
  expect(await stands()).toBe(1);
  await install();
  expect(await stands()).toBe(0);
  await remove();
  expect(await stands()).toBe(1);
  await writeFile(places.path, '#!/bin/sh\nexit 101\n');
  expect(await stands()).toBe(1);
});

describe('removal', () => {
  it('leaves nothing where nothing was', async () => {
    await install();
    await remove();
    await remove();
    expect(existsSync(places.path)).toBe(false);
    expect(existsSync(places.folder)).toBe(false);
  });

  it('puts the earlier one back exactly, also after repeated installs', async () => {
    const look = () => mustRun(`stat -c '%a %U %Y %F' ${places.path}; cat ${places.path}`);
    await writeFile(places.path, '#!/bin/sh\nexit 101\n');
    await chmod(places.path, 0o750);
    await mustRun(`chown daemon ${places.path}; touch -d 2020-02-02 ${places.path}`);
    const before = await look();
    await install();
    await install();
    await remove();
    await remove();
    expect(await look()).toBe(before);
  });

  it('puts a link back as a link', async () => {
    await symlink('/bin/true', places.path);
    await install();
    expect(await ask('ssh', 'start')).toBe(0);
    await remove();
    expect(await mustRun(`readlink ${places.path}`)).toBe('/bin/true\n');
  });

  it('leaves a policy alone that somebody else put there', async () => {
    await writeFile(places.path, '#!/bin/sh\nexit 0\n');
    await remove();
    expect(await readFile(places.path, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('forgets an earlier one that was there at another time', async () => {
    await writeFile(places.path, '#!/bin/sh\nexit 101\n');
    await install();
    await rm(places.path);
    await install();
    await remove();
    expect(existsSync(places.path)).toBe(false);
  });

  it('is refused while a package is half-configured', async () => {
    await install();
    const database = join(folder, 'dpkg');
    await mustRun(`mkdir ${database}; printf '%s\\n' 'Package: app' 'Status: install ok half-configured' \
      'Version: 1' 'Architecture: all' 'Maintainer: x' 'Description: x' '' > ${database}/status`);
    const { code, stdout } = await shell(removePolicy(places).text, { DPKG_ADMINDIR: database });
    expect(code).toBe(1);
    expect(stdout).toContain('app install ok half-configured');
    expect(await ask('gunicorn', 'start')).toBe(101);
  });
});
