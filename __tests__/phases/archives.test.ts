import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Download } from '../../src/commands/downloads.ts';
import type { PackageChange } from '../../src/domain/transaction.ts';
import { archivesCheck, otherFiles } from '../../src/phases/archives.ts';
import { mustRun } from '../commands/support/run.ts';
import { movedHosts } from '../support/moved-hosts.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const CHANGE: PackageChange = {
  name: 'shop-front',
  architecture: 'all',
  from: '1.0',
  to: '2.1',
  origin: 'shop',
  sha256: A,
};
const FILE: Download = {
  name: 'shop-front',
  version: '2.1',
  architecture: 'all',
  path: '/archives/front.deb',
  sha256: A,
  bytes: 9,
};

function words(change: PackageChange, ...files: readonly Download[]): string[] {
  return otherFiles({ changes: [change], removals: [], held: [] }, files);
}

describe('otherFiles', () => {
  it('finds none where the files are the planned ones, or are not there', () => {
    expect(words(CHANGE, FILE)).toEqual([]);
    expect(words(CHANGE)).toEqual([]);
  });

  it('names the package with both hashes', () => {
    expect(words(CHANGE, { ...FILE, sha256: B })).toEqual([
      `shop-front 2.1 has another content than planned: SHA-256 ${B}, not ${A}`,
    ]);
  });

  it.each<Partial<Download>>([{ name: 'shop-extra' }, { version: '2.2' }, { architecture: 'amd64' }])(
    'names what was not planned: %j',
    (other) => {
      expect(words(CHANGE, { ...FILE, ...other })).toEqual([
        expect.stringMatching(/^\/archives\/front\.deb was not planned: it is shop-/),
      ]);
    },
  );

  it('takes any content where the plan knew none', () => {
    expect(words({ ...CHANGE, sha256: null }, FILE)).toEqual([]);
    const { sha256: _, ...early } = CHANGE;
    expect(words(early as PackageChange, FILE)).toEqual([]);
  });
});

describe('archivesCheck', () => {
  it('asks nothing where no transaction was planned', () => {
    expect(archivesCheck(aResolved(), 'two', 'u1', 'prepare')).toEqual([]);
  });

  it('looks into the folder of the upgrade, and says what to do', () => {
    const one = aResolvedHost({ transaction: { changes: [CHANGE], removals: [], held: [] } });
    const [check] = archivesCheck({ ...aResolved(), hosts: { one } }, 'one', 'u1', 'prepare');
    expect(check?.commands).toEqual([
      expect.stringMatching(/^sha256sum \/.*\/upgrades\/u1\/archives\/\*\.deb$/),
    ]);
    expect(check?.judge(`deb ${B} 9 shop-front 2.1 all /archives/front.deb\n`)).toHaveLength(1);
    expect(check?.next).toContain('Let the repository offer again what was planned');
    const [again] = archivesCheck({ ...aResolved(), hosts: { one } }, 'one', 'u1', 'install-packages');
    expect(again?.next).toContain('Run the action prepare again');
  });

  it.each([
    ['are installed', true, ''],
    ['are not installed', false, 'deb '],
  ])('looks at the files according to whether the packages %s', async (_, installed, begins) => {
    await using hosts = await movedHosts('one');
    const [host] = hosts.hosts.values();
    const archives = join(host?.root ?? '', 'upgrades', 'u1', 'archives');
    await mkdir(archives, { recursive: true });
    await writeFile(join(archives, 'none.deb'), 'no package');
    const version = (await mustRun('dpkg --status bash | sed -n "s/^Version: //p"')).trim();
    const one = aResolvedHost({
      packages: { bash: installed ? version : '0' },
      transaction: { changes: [CHANGE], removals: [], held: [] },
    });
    const [check] = archivesCheck({ ...aResolved(), hosts: { one } }, 'one', 'u1', 'install-packages');
    const { code, stdout } = await hosts.host('one').exec({ title: 't', script: check?.script ?? '' });
    expect({ code, begins: stdout.slice(0, 4) }).toEqual({ code: 0, begins });
  });
});
