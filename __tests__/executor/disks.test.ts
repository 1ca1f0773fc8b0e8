import { describe, expect, it } from '@jest/globals';
import { RESERVE } from '../../src/domain/disks.ts';
import type { HostFacts } from '../../src/domain/facts.ts';
import { copiesWithoutRoom, FOLDERS, hostDisks, runnerDisks } from '../../src/executor/disks.ts';
import type { DumpSettings } from '../../src/executor/dump-context.ts';
import { anInventory, aPlan } from '../domain/examples.ts';

const FILES = { plan: aPlan(), inventory: anInventory() };
const MEGA = 1e6;

/** The host `one`, whose database has so many bytes, with everything on one file system. */
function facts(size: number, freeBytes: number, dataDevice = 'root'): Map<string, HostFacts> {
  const space = { bytes: freeBytes, device: 'root' };
  const free = Object.fromEntries(Object.values(FOLDERS).map((path) => [path, space]));
  const databases = { front: { sizeBytes: size, dataFree: { bytes: freeBytes, device: dataDevice } } };
  return new Map([['one', { free, databases } as unknown as HostFacts]]);
}

describe('hostDisks', () => {
  it('needs room for downloads, for what is unpacked and for the journal', () => {
    const rooms = new Map([['one', { download: 7 * MEGA, unpack: 30 * MEGA }]]);
    expect(hostDisks(facts(0, 900 * MEGA, 'other'), rooms)).toEqual([
      {
        host: 'one',
        folders: ['/var/lib/synnefo-upgrade', '/usr', '/var/lib/dpkg'],
        freeBytes: 900 * MEGA,
        needBytes: (64 + 7 + 30 + 16) * MEGA,
        estimated: false,
      },
    ]);
  });

  it('needs room for the journal alone where no package changes, and leaves some to a server', () => {
    const of = (device: string) => hostDisks(facts(0, 1, device)).map(({ needBytes }) => needBytes);
    expect([of('other'), of('root')]).toEqual([[64 * MEGA], [64 * MEGA + RESERVE]]);
  });
});

describe('runnerDisks', () => {
  const settings = (kept: string | null, devices: Readonly<Record<string, string>>) =>
    ({
      folder: '/tmp/runner/synnefo-upgrade-Xy12',
      kept,
      freeSpace: async (folder: string) => ({ bytes: 1000, device: devices[folder] ?? 'none' }),
    }) as unknown as DumpSettings;
  const of = async (kept: string | null, devices: Readonly<Record<string, string>>, keys = ['front']) =>
    await runnerDisks(settings(kept, devices), FILES, facts(300, 0), new Set(keys), 3);

  it('needs room for all dumps at once on their way, as large as they are estimated', async () => {
    expect(await of(null, { '/tmp/runner': 'a' })).toEqual([
      { host: 'the runner', folders: ['/tmp/runner'], freeBytes: 1000, needBytes: 100, estimated: true },
    ]);
  });

  it('needs it for every point where it keeps them itself', async () => {
    expect(await of('/dumps', { '/tmp/runner': 'a', '/dumps': 'b' })).toMatchObject([
      { folders: ['/tmp/runner'], needBytes: 100 },
      { folders: ['/dumps'], needBytes: 300 },
    ]);
    expect(await of('/dumps', { '/tmp/runner': 'a', '/dumps': 'a' })).toMatchObject([{ needBytes: 400 }]);
  });

  it('needs nothing where nothing is dumped', async () => {
    expect(await of('/dumps', {}, [])).toEqual([]);
  });
});

describe('copiesWithoutRoom', () => {
  const of = (size: number, freeBytes: number): string[] => {
    const known = facts(size, freeBytes, 'other');
    return copiesWithoutRoom(FILES, known, hostDisks(known));
  };

  it('says where a copy would take what has to stay free', () => {
    expect(of(MEGA, RESERVE + MEGA)).toEqual([]);
    expect(of(MEGA, RESERVE + MEGA - 1)).toEqual([
      'one: there may be no room for copies of the dumps in /var/lib/synnefo-upgrade: then the stored dump is the only one',
    ]);
  });
});
