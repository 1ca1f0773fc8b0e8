import { expect, it, jest } from '@jest/globals';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { backUp } from '../../src/phases/back-up.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { anOwner, movedHosts, NOBODY_GONE } from '../support/moved-hosts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const plan = aPlan({ roles: { front: aRole({ database: 'front' }) } });
const inventory = anInventory({
  hosts: { one: aHost({ address: 'one', roles: ['front'] }), two: aHost({ address: 'two' }) },
  databases: { front: { engine: 'postgresql', name: 'shop', on: 'one', port: 1 } },
});

it('refuses machines that nothing should be done on, and missing databases, and takes no lock', async () => {
  await using folder = await temporaryFolder();
  // Both are this machine, and no server listens there on port 1.
  await using hosts = await movedHosts('one', 'two');
  const told: string[] = [];
  const { outcome, failure } = await backUp({
    runner: hosts.runner,
    files: { plan, inventory, sources: {} },
    secrets: new Map(),
    owner: anOwner(),
    takeover: NOBODY_GONE,
    dumps: {
      store: new DirectoryStore(folder.path),
      recipients: [],
      folder: folder.path,
      receive: DumpFile.create,
      kept: null,
      freeSpace: async () => ({ bytes: 0, device: 'full' }),
    },
    dryRun: false,
    showsFiles: true,
    turn: null,
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
    approved: null,
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => told.push('lock'),
    onLocked: () => undefined,
  });
  expect(outcome).toBe('refused');
  expect(failure).toMatchObject({ host: 'one, two', state: 'Nothing was stopped or changed.' });
  expect(failure?.what.split('\n').slice(0, 2)).toEqual([
    'not every database can be dumped: two: it is the same machine as one',
    expect.stringMatching(/^one: shop on port 1: .*connection to server/),
  ]);
  expect(told).toEqual([]);
  const journals = [...(await readJournals(hosts.runner)).values()];
  expect(journals.map(({ epoch, lock }) => [epoch, lock])).toEqual([
    [0, null],
    [0, null],
  ]);
});
