import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { download, knows, simulate, update } from '../../src/commands/apt.ts';
import { install } from '../../src/commands/apt-install.ts';
import { listDownloads, parseDownloads } from '../../src/commands/downloads.ts';
import { parseReadBack, readBack, versionsAre } from '../../src/commands/dpkg.ts';
import { parseTransaction } from '../../src/domain/transaction.ts';
import { type AptRoot, createAptRoot } from './support/apt-root.ts';
import { mustRun, run } from './support/run.ts';

let root: AptRoot;
let archives: string;
const setting = '/etc/stack/setting.conf';

beforeAll(async () => {
  root = await createAptRoot();
  archives = join(root.folder, 'kept packages');
  await root.offer([
    { name: 'stack-common', version: '0.15-1', conffiles: { [setting]: 'old\n' } },
    { name: 'stack-common', version: '0.16-1', conffiles: { [setting]: 'new\n' } },
    { name: 'stack-common', version: '0.17-1' },
    { name: 'stack-app', version: '0.15-1', fields: { Depends: 'stack-common (= 0.15-1)' } },
    {
      name: 'stack-app',
      version: '0.16-1',
      fields: { Depends: 'stack-common (= 0.16-1), stack-new', Conflicts: 'stack-old' },
    },
    { name: 'stack-new', version: '1.0' },
    { name: 'stack-old', version: '1.0' },
  ]);
  await run(update(), root.env);
});
afterAll(() => root[Symbol.asyncDispose]());

const wanted = { 'stack-common': '0.16-1', 'stack-app': '0.16-1' };

async function installed(...names: string[]): Promise<Record<string, string>> {
  const { stdout } = await run(readBack(names), root.env);
  return Object.fromEntries([...parseReadBack(stdout).values()].map(({ name, version }) => [name, version]));
}

async function installOld(): Promise<void> {
  const packages = { 'stack-common': '0.15-1', 'stack-app': '0.15-1' };
  await mustRun(
    `dpkg --root="$DPKG_ROOT" --purge stack-app stack-common stack-new stack-old 2>/dev/null || true`,
    root.env,
  );
  expect(await run(download({ packages, archives }), root.env)).toMatchObject({ code: 0 });
  expect(await run(install({ packages, archives }), root.env)).toMatchObject({ code: 0 });
}

describe('download', () => {
  it('works where dpkg was interrupted by a crash, which apt refuses otherwise', async () => {
    const update = join(root.folder, 'var/lib/dpkg/updates/0000');
    await writeFile(update, '');
    const plain = 'apt-get -y install stack-new 2>&1 || true';
    expect(await mustRun(plain, root.env)).toContain('dpkg was interrupted');
    const { code } = await run(download({ packages: { 'stack-new': '1.0' }, archives }), root.env);
    await rm(update);
    expect(code).toBe(0);
    expect(parseDownloads((await run(listDownloads(archives))).stdout)).toMatchObject([
      { name: 'stack-new', version: '1.0' },
    ]);
  });
});

describe('update', () => {
  it('fails when an index could not be read, where apt itself ends well', async () => {
    expect(await run(update(), root.env)).toEqual({
      code: 0,
      stderr: '',
      stdout: 'every package list was read\n',
    });
    root.serve(false);
    const failed = await run(update(), root.env);
    root.serve(true);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('404');
    expect(failed.stderr).toContain('could not read every index');
  });

  it('waits while another process holds the lock', async () => {
    const holder = mustRun(
      `exec perl -e 'use Fcntl; open(my $f, ">", "$ENV{DPKG_ADMINDIR}/lock-frontend") or die;
        my $lock = pack("s s l! l! i", F_WRLCK, 0, 0, 0, 0);
        fcntl($f, F_SETLK, $lock) or die "$!";
        mkdir "$ENV{DPKG_ADMINDIR}/held"; sleep 1 while -d "$ENV{DPKG_ADMINDIR}/held"'`,
      root.env,
    );
    await mustRun('until [ -d "$DPKG_ADMINDIR/held" ]; do sleep 0.1; done', root.env);
    const ran = run(update(), root.env);
    await mustRun('sleep 3; rmdir "$DPKG_ADMINDIR/held"', root.env);
    await holder;
    const { code, stderr } = await ran;
    expect(code).toBe(0);
    expect(stderr).toContain('another process holds the lock of apt or dpkg: waiting for it');
  });
});

describe('simulate', () => {
  beforeAll(installOld);

  it('shows the exact transaction', async () => {
    const { code, stdout } = await run(simulate({ packages: wanted }), root.env);
    expect(code).toBe(0);
    const change = async (name: string, from: string | null, to: string) => ({
      name,
      architecture: 'all',
      from,
      to,
      origin: expect.any(String),
      sha256: (await mustRun(`sha256sum < '${root.folder}/repo/${name}_${to}_all.deb'`)).slice(0, 64),
    });
    const changes = [
      await change('stack-new', null, '1.0'),
      await change('stack-app', '0.15-1', '0.16-1'),
      await change('stack-common', '0.15-1', '0.16-1'),
    ].toSorted((a, b) => parseOrder(stdout, a.name) - parseOrder(stdout, b.name));
    expect(parseTransaction(stdout)).toEqual({ changes, removals: [], held: [] });
  });

  it('names what would be removed and what is held', async () => {
    const packages = { 'stack-old': '1.0' };
    await run(download({ packages, archives }), root.env);
    expect(await run(install({ packages, archives }), root.env)).toMatchObject({ code: 0 });
    await mustRun(`echo 'stack-common hold' | dpkg --root="$DPKG_ROOT" --set-selections`, root.env);
    const { stdout } = await run(simulate({ packages: wanted }), root.env);
    await mustRun(`echo 'stack-common install' | dpkg --root="$DPKG_ROOT" --set-selections`, root.env);
    expect(parseTransaction(stdout)).toMatchObject({
      removals: [{ name: 'stack-old', version: '1.0' }],
      held: ['stack-common'],
    });
  });

  it('fails when a version is not on offer', async () => {
    const { code, stderr } = await run(simulate({ packages: { 'stack-common': '0.18' } }), root.env);
    expect(code).toBe(100);
    expect(stderr).toContain("Version '0.18' for 'stack-common' was not found");
  });

  it('says which dependency is not met, which apt itself does not count among the errors', async () => {
    const packages = { 'stack-common': '0.15-1', 'stack-app': '0.16-1' };
    const { code, stdout, stderr } = await run(simulate({ packages }), root.env);
    expect({ code, stdout }).toEqual({ code: 100, stdout: '' });
    expect(stderr).toMatch(/stack-app : Depends: stack-common \(= 0\.16-1\) but 0\.15-1 is/);
  });
});

function parseOrder(stdout: string, name: string): number {
  return stdout.indexOf(`Inst ${name} `);
}

describe('download and install', () => {
  beforeAll(installOld);

  it('installs exactly the versions from the downloaded files, without the repository', async () => {
    expect(await run(download({ packages: wanted, archives }), root.env)).toMatchObject({ code: 0 });
    const listed = await run(listDownloads(archives));
    const files = parseDownloads(listed.stdout).filter(({ version }) => version !== '0.15-1');
    expect(files.map(({ name, version }) => `${name}=${version}`)).toEqual(
      expect.arrayContaining(['stack-app=0.16-1', 'stack-common=0.16-1', 'stack-new=1.0']),
    );
    const [file] = files;
    expect(await mustRun(`sha256sum < '${file?.path}'`)).toBe(`${file?.sha256}  -\n`);
    expect((await readFile(file?.path ?? '')).length).toBe(file?.bytes);

    await writeFile(join(root.folder, setting), 'edited\n');
    root.serve(false);
    const ran = await run(install({ packages: wanted, archives }), root.env);
    root.serve(true);
    expect(ran).toMatchObject({ code: 0 });
    expect(await installed('stack-common', 'stack-app', 'stack-new')).toEqual({
      ...wanted,
      'stack-new': '1.0',
    });
    expect(await readFile(join(root.folder, setting), 'utf8')).toBe('edited\n');
    expect(await readFile(join(root.folder, `${setting}.dpkg-dist`), 'utf8')).toBe('new\n');
  });

  it('keeps needrestart, which apt calls after dpkg, from restarting what lies beneath', async () => {
    const hook = join(root.folder, 'etc/apt/apt.conf.d/99needrestart');
    const seen = join(root.folder, 'seen');
    // As its own: one that finds the word set leaves at once.
    await writeFile(hook, `DPkg::Post-Invoke { "echo \\"suspend=$NEEDRESTART_SUSPEND\\" >>'${seen}'"; };\n`);
    const packages = { 'stack-old': '1.0' };
    await mustRun(`dpkg --root="$DPKG_ROOT" --purge stack-app stack-old 2>/dev/null`, root.env);
    await run(download({ packages, archives }), root.env);
    const ran = await run(install({ packages, archives }), root.env);
    await rm(hook);
    expect(ran).toMatchObject({ code: 0 });
    expect(new Set((await readFile(seen, 'utf8')).trim().split('\n'))).toEqual(new Set(['suspend=1']));
    await installOld();
    await run(download({ packages: wanted, archives }), root.env);
    expect(await run(install({ packages: wanted, archives }), root.env)).toMatchObject({ code: 0 });
  });

  it('never downgrades', async () => {
    const packages = { 'stack-common': '0.15-1', 'stack-app': '0.15-1' };
    const ran = await run(install({ packages, archives }), root.env);
    expect(ran.code).toBe(100);
    expect(await installed('stack-common')).toEqual({ 'stack-common': '0.16-1' });
  });

  it('removes nothing that was not approved', async () => {
    await installOld();
    const old = { 'stack-old': '1.0' };
    await run(download({ packages: old, archives }), root.env);
    await run(install({ packages: old, archives }), root.env);
    for (const removals of [[], ['stack-common']]) {
      expect(await run(install({ packages: wanted, archives, removals }), root.env)).toMatchObject({
        code: 100,
      });
      expect(await installed('stack-old', 'stack-app')).toEqual({
        'stack-old': '1.0',
        'stack-app': '0.15-1',
      });
    }
    const ran = await run(install({ packages: wanted, archives, removals: ['stack-old'] }), root.env);
    expect(ran).toMatchObject({ code: 0 });
    expect(await installed('stack-app')).toEqual({ 'stack-app': '0.16-1' });
  });

  it('changes a held package only when that was approved', async () => {
    await installOld();
    await run(download({ packages: wanted, archives }), root.env);
    await mustRun(`echo 'stack-common hold' | dpkg --root="$DPKG_ROOT" --set-selections`, root.env);
    expect(await run(install({ packages: wanted, archives }), root.env)).toMatchObject({ code: 100 });
    const ran = await run(install({ packages: wanted, archives, held: ['stack-common'] }), root.env);
    expect(ran).toMatchObject({ code: 0 });
  });

  it('takes no words for options or shell text', async () => {
    const packages = { 'stack-common': '0.16-1; touch /tmp/never' };
    expect(await run(install({ packages, archives }), root.env)).toMatchObject({ code: 100 });
  });
});

it('says whether apt knows a version, and whether dpkg has it', async () => {
  await installOld();
  const old = { 'stack-common': '0.15-1', 'stack-app': '0.15-1' };
  expect(await run(knows(wanted), root.env)).toMatchObject({ code: 0 });
  const never = await run(knows({ ...wanted, 'stack-app': '0.18-1' }), root.env);
  expect(never).toMatchObject({ code: 1, stdout: 'unknown to apt: stack-app=0.18-1\n' });
  expect((await run(knows({ 'unheard-of': '1' }), root.env)).code).not.toBe(0);
  expect(await run(versionsAre(old), root.env)).toMatchObject({ code: 0 });
  expect(await run(versionsAre(wanted), root.env)).toMatchObject({ code: 1 });
  await mustRun('dpkg --root="$DPKG_ROOT" --remove stack-app', root.env);
  expect(await run(versionsAre(old), root.env)).toMatchObject({
    code: 1,
    stdout: 'not so: stack-app install ok installed 0.15-1\n',
  });
});

it('shows half-configured states and leaves out what dpkg does not know', async () => {
  const { stdout } = await run(readBack(['stack-common', 'unheard-of']), root.env);
  expect([...parseReadBack(stdout).keys()]).toEqual(['stack-common']);
  expect(() => parseReadBack('one\ttwo\n')).toThrow('one\\ttwo');
});
