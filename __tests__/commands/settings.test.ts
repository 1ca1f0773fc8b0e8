import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  compareSettings,
  parseSettings,
  type SettingsChanges,
  saveSettings,
} from '../../src/commands/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Ran, run } from './support/run.ts';

/** A root with an `etc`, and the folder of an upgrade. */
interface Bench extends AsyncDisposable {
  readonly upgrade: string;
  write(name: string, text: string): Promise<void>;
  path(name: string): string;
  save(): Promise<Ran>;
  compare(): Promise<SettingsChanges>;
}

async function aBench(): Promise<Bench> {
  const folder = await temporaryFolder();
  const base = join(folder.path, 'root');
  const upgrade = join(folder.path, 'upgrades', 'u1');
  const step = join(upgrade, 'steps', 'prepare.settings');
  await mkdir(step, { recursive: true });
  await mkdir(join(base, 'etc'), { recursive: true });
  const path = (name: string): string => join(base, 'etc', name);
  return {
    upgrade,
    path,
    async write(name, text) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
    },
    async save() {
      await writeFile(join(step, 'script'), saveSettings(base).text);
      return await run({ title: 'save', script: `umask 022; exec bash '${join(step, 'script')}'` });
    },
    async compare() {
      const { code, stdout, stderr } = await run(compareSettings(upgrade, base));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return parseSettings(stdout);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const NOTHING: SettingsChanges = { added: [], gone: [], changed: [], keptBack: [] };

describe('saveSettings and compareSettings', () => {
  it('see no change where there was none, broken links included', async () => {
    await using bench = await aBench();
    await bench.write('app.conf', 'one\n');
    await symlink('../proc/self/mounts', bench.path('mtab'));
    await symlink('nowhere', bench.path('broken'));
    await bench.save();
    expect(await bench.compare()).toEqual(NOTHING);
    expect((await stat(join(bench.upgrade, 'settings.diff'))).size).toBe(0);
  });

  it('name what is new, gone, changed, and laid beside an edited file', async () => {
    await using bench = await aBench();
    await bench.write('app/app.conf', 'one\n');
    await bench.write('app/old.conf', 'old\n');
    await bench.write('app/same.conf', 'same\n');
    await symlink('app.conf', bench.path('app/link'));
    await bench.save();
    await bench.write('app/app.conf', 'two\n');
    await rm(bench.path('app/old.conf'));
    await bench.write('app/it is "new"\n really', 'new\n');
    await bench.write('app/app.conf.dpkg-dist', 'theirs\n');
    await bench.write('app/other.conf.ucf-dist', 'theirs\n');
    await rm(bench.path('app/link'));
    await symlink('same.conf', bench.path('app/link'));
    const { added, gone, changed, keptBack } = await bench.compare();
    expect({ gone, changed: [...changed].sort(), keptBack: [...keptBack].sort() }).toEqual({
      gone: ['/etc/app/old.conf'],
      changed: ['/etc/app/app.conf', '/etc/app/link'],
      keptBack: ['/etc/app/app.conf.dpkg-dist', '/etc/app/other.conf.ucf-dist'],
    });
    expect(added.join('\n')).toContain('/etc/app/it is "new"');
  });

  it('tell a file from a link of the same name', async () => {
    await using bench = await aBench();
    await bench.write('a.conf', 'text\n');
    await bench.write('b.conf', 'text\n');
    await bench.save();
    await rm(bench.path('b.conf'));
    await symlink('a.conf', bench.path('b.conf'));
    expect(await bench.compare()).toEqual({ ...NOTHING, changed: ['/etc/b.conf'] });
  });

  it('keep the whole difference where only root reads it, and print none of it', async () => {
    await using bench = await aBench();
    await bench.write('app.conf', 'password = swordfish\n');
    await bench.save();
    await bench.write('app.conf', 'password = tuna\n');
    const diff = join(bench.upgrade, 'settings.diff');
    const { stdout } = await run(compareSettings(bench.upgrade, join(bench.path('.'), '..')));
    expect(Buffer.from(stdout.split('\t')[1] ?? '', 'base64').toString()).toBe('/etc/app.conf\n');
    expect(stdout).not.toMatch(/swordfish|tuna/);
    expect(await readFile(diff, 'utf8')).toMatch(/-password = swordfish\n\+password = tuna\n/);
    expect((await stat(diff)).mode & 0o777).toBe(0o600);
    expect((await stat(join(bench.upgrade, 'rollback', 'etc.tar'))).mode & 0o777).toBe(0o600);
  });

  it('keep the first copy, however often the step runs', async () => {
    await using bench = await aBench();
    await bench.write('app.conf', 'first\n');
    await bench.save();
    await bench.write('app.conf', 'second\n');
    expect((await bench.save()).stdout).toBe('the settings were kept before\n');
    expect((await bench.compare()).changed).toEqual(['/etc/app.conf']);
  });

  it('have nothing to say where nothing was kept', async () => {
    await using bench = await aBench();
    await bench.write('app.conf', 'first\n');
    expect(await bench.compare()).toEqual(NOTHING);
  });
});

describe('parseSettings', () => {
  it('refuses what it does not understand', () => {
    expect(() => parseSettings('chnged\tL2V0Yy9h\n')).toThrow('is not understood');
    expect(() => parseSettings('tar: no such file\n')).toThrow('is not understood');
    expect(() => parseSettings('constructor\tL2V0Yy9h\n')).toThrow('is not understood');
  });
});
