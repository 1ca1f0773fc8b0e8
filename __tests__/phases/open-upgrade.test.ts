import { describe, expect, it, jest } from '@jest/globals';
import { scopeOf } from '../../src/domain/scope.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { releaseAll } from '../../src/executor/lock.ts';
import type { UpgradeContext } from '../../src/phases/context.ts';
import { openUpgradeOf, takeLock } from '../../src/phases/open-upgrade.ts';
import { anInventory, aPlan } from '../domain/examples.ts';
import {
  anOwner,
  lockAll,
  type MovedHosts,
  movedHosts,
  NOBODY_GONE,
  openJournal,
} from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const PLAN = aPlan();
const INVENTORY = anInventory();

function contextOf({ runner }: MovedHosts, told: string[] = []): UpgradeContext {
  return {
    runner,
    files: { plan: PLAN, inventory: INVENTORY, sources: {} },
    secrets: new Map(),
    owner: anOwner(),
    takeover: NOBODY_GONE,
    dumps: undefined as never,
    dryRun: false,
    showsFiles: true,
    turn: null,
    scope: scopeOf(PLAN, INVENTORY, []),
    resolution: new Map(),
    approved: null,
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => told.push('told'),
    onLocked: () => undefined,
  };
}

describe('takeLock', () => {
  it('begins an upgrade of its own where none is open', async () => {
    await using hosts = await movedHosts('one', 'two');
    const told: string[] = [];
    const journal = await takeLock(contextOf(hosts, told), await readJournals(hosts.runner));
    expect(journal.upgrade).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
    expect([journal.tenure('one').epoch, journal.tenure('two').epoch]).toEqual([1, 1]);
    expect(told).toEqual(['told']);
  });

  it('goes on with the one that is open', async () => {
    await using hosts = await movedHosts('one', 'two');
    await openJournal(hosts);
    const journal = await takeLock(contextOf(hosts), await readJournals(hosts.runner));
    expect([journal.upgrade, journal.tenure('two').epoch]).toEqual(['u1', 2]);
  });

  it('refuses, and holds nothing, when another run had the lock since the hosts were looked at', async () => {
    await using hosts = await movedHosts('one', 'two');
    const seen = await readJournals(hosts.runner);
    // Somebody comes, does what we know nothing of, and goes.
    await lockAll(hosts, 'lock-9', anOwner({ key: 'another' }));
    await releaseAll(hosts.runner, { id: 'lock-9', epochs: new Map() });
    await expect(takeLock(contextOf(hosts), seen)).rejects.toMatchObject({
      message: 'another run had the lock while this one was looking',
      details: { host: 'one, two', next: 'Run again.' },
    });
    const now = [...(await readJournals(hosts.runner)).values()];
    expect(now.map(({ lock }) => lock)).toEqual([null, null]);
    await takeLock(contextOf(hosts), await readJournals(hosts.runner));
  });
});

describe('openUpgradeOf', () => {
  it('lets the first host decide, and refuses two upgrades at once', async () => {
    await using hosts = await movedHosts('one', 'two');
    expect(openUpgradeOf(await readJournals(hosts.runner))).toBeNull();
    await openJournal(hosts);
    const journals = await readJournals(hosts.runner);
    expect(openUpgradeOf(journals)).toMatchObject({ upgrade: 'u1', plan: '{}\n' });
    const [first, second] = [...journals.values()];
    const mixed = new Map([
      ['one', first as never],
      ['two', { ...(second as object), current: 'u2' } as never],
    ]);
    expect(() => openUpgradeOf(mixed)).toThrow('other hosts are in the middle of another upgrade');
  });
});
