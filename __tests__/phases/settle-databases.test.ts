import { describe, expect, it } from '@jest/globals';
import type { DatabaseState, DumpRecord } from '../../src/domain/dump.ts';
import type { Journal } from '../../src/executor/journal.ts';
import { migrate } from '../../src/phases/migrate.ts';
import {
  byHost,
  interrupted,
  type Known,
  type Settled,
  settleDatabases,
} from '../../src/phases/settle-databases.ts';
import { startServices } from '../../src/phases/start-services.ts';
import { stopServices } from '../../src/phases/stop-services.ts';
import { ended, type PaperStep, paperJournal } from '../support/paper-journal.ts';
import { paperGuard } from '../support/paper-work.ts';
import { aResolved } from '../support/resolved.ts';

const resolved = aResolved();
const stages = [
  ...stopServices(resolved),
  ...migrate(resolved, paperGuard),
  ...startServices(resolved, new Map()),
];
const BEFORE: DatabaseState = {
  writes: { oid: '16384', inserted: '1', updated: '0', deleted: '0', reset: null },
  rows: { 'public.goods': 5 },
  heads: { front: '1', back: '1' },
};
const AFTER: DatabaseState = { ...BEFORE, rows: { 'public.goods': 6 }, heads: { front: '2', back: '1' } };

/** A database that is so now, with a dump of before (unless there is none). */
function known(now: DatabaseState, migrated = false, dump: DatabaseState | null = BEFORE): Known {
  return {
    latest: () => (dump === null ? undefined : ({ state: dump } as DumpRecord)),
    observe: async () => now,
    isMigrated: async () => migrated,
  };
}

function migration(id: string, state: PaperStep['state'] = ended()): PaperStep {
  return { host: 'one', id: `migrate.${id}`, state };
}

const ALL_DONE = [migration('front.0'), migration('front.1'), migration('back.0')];

async function settle(journal: Journal, dumps: Known): Promise<Settled> {
  return await settleDatabases(journal, dumps, resolved, stages);
}

function ids({ undone }: Settled): string[] {
  return undone.map(({ id }) => id);
}

describe('settleDatabases', () => {
  it('has nothing to say before any migration', async () => {
    const nobody: Known = {
      latest: () => undefined,
      observe: () => Promise.reject(new Error('nobody need look')),
      isMigrated: () => Promise.reject(new Error('nobody need ask')),
    };
    expect(await settle(paperJournal(), nobody)).toEqual({ undone: [], broken: [], differences: [] });
  });

  it('stops at an interrupted migration, and says in what the database differs', async () => {
    const journal = paperJournal(migration('front.0'), migration('front.1', { kind: 'died' }));
    const settled = await settle(journal, known(AFTER));
    expect(settled.undone).toEqual([]);
    expect(settled.broken.map(({ step }) => step.id)).toEqual(['migrate.front.1']);
    expect(settled.differences).toEqual([
      'shop: the schema of front is another one',
      'shop: rows of public.goods: 5 -> 6',
    ]);
    expect(interrupted(settled)).toMatchObject({
      message: 'one: front: front migrate was begun and did not end well',
      details: { host: 'one', command: 'front: front migrate' },
    });
  });

  it('runs all migrations of the database anew once somebody restored it', async () => {
    const journal = paperJournal(migration('front.0'), migration('front.1', ended({ rc: 1 })));
    const settled = await settle(journal, known(BEFORE));
    expect(ids(settled)).toEqual(['migrate.front.0', 'migrate.front.1', 'migrate.back.0']);
    expect(settled.broken).toEqual([]);
  });

  it('does not take a database for restored that has no dump of before', async () => {
    const journal = paperJournal(migration('front.0', { kind: 'died' }));
    const settled = await settle(journal, known(BEFORE, false, null));
    expect(settled.broken).toHaveLength(1);
    expect(settled.differences).toEqual(['shop: there is no dump of before']);
  });

  it('leaves finished migrations alone', async () => {
    expect(ids(await settle(paperJournal(...ALL_DONE), known(AFTER, true)))).toEqual([]);
  });

  it('sees that a database was restored after all its migrations had ended well', async () => {
    const settled = await settle(paperJournal(...ALL_DONE), known(BEFORE, false));
    expect(ids(settled)).toEqual(['migrate.front.0', 'migrate.front.1', 'migrate.back.0']);
  });

  it('stops the services again for that, once they were opened', async () => {
    const opened = { host: 'one', id: 'start-services.release', state: ended() };
    const undone = ids(await settle(paperJournal(...ALL_DONE, opened), known(BEFORE, false)));
    expect(undone).toEqual(
      expect.arrayContaining(['stop-services.hold', 'stop-services.stop.web', 'start-services.release']),
    );
  });

  it('does not mind an interrupted migration that is one transaction', async () => {
    const journal = paperJournal(
      migration('front.0'),
      migration('front.1'),
      migration('back.0', { kind: 'died' }),
    );
    expect(await settle(journal, known(AFTER))).toEqual({ undone: [], broken: [], differences: [] });
  });
});

describe('byHost', () => {
  it('has the ids of every host', async () => {
    const opened = { host: 'two', id: 'start-services.release', state: ended() };
    const { undone } = await settle(paperJournal(...ALL_DONE, opened), known(BEFORE, false));
    const hosts = byHost(undone);
    expect([...hosts.keys()].toSorted()).toEqual(['one', 'three', 'two']);
    expect(hosts.get('three')).toEqual([
      'stop-services.hold',
      'stop-services.stop.agent',
      'start-services.release',
    ]);
  });
});
