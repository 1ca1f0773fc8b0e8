import { describe, expect, it, jest } from '@jest/globals';
import { approvalOf } from '../../src/domain/approval.ts';
import { canonicalText, digestOf } from '../../src/domain/canonical.ts';
import type { HostJournal } from '../../src/domain/journal.ts';
import { type Scope, scopeOf } from '../../src/domain/scope.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { approvalUnder, bondOf, isApproved, keepBond } from '../../src/phases/bond.ts';
import type { UpgradeContext } from '../../src/phases/context.ts';
import { movedHosts, openJournal } from '../support/moved-hosts.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const RESOLVED = aResolved();
const { plan, inventory, sources } = RESOLVED;
const scope = (...limit: readonly string[]) => scopeOf(plan, inventory, limit);
const WHOLE = approvalOf(RESOLVED, scope());
const LIMITED = approvalOf(RESOLVED, scope('one', 'two'));
const GIVEN = { digest: '0'.repeat(64), read: async () => null };

function asked(overrides: Partial<UpgradeContext> = {}) {
  return {
    approved: null,
    proposes: false,
    scope: scope(),
    files: { plan, inventory, sources },
    ...overrides,
  };
}

/** An unfinished upgrade whose first host keeps this. */
function seen(kept?: string) {
  const records = new Map(kept === undefined ? [] : [['approval.json', kept]]);
  const journal: HostJournal = {
    epoch: 1,
    lock: null,
    current: 'u1',
    plan: '{}',
    steps: new Map(),
    records,
  };
  const other = { ...journal, records: new Map([['approval.json', 'of no weight']]) };
  return {
    upgrade: 'u1',
    journals: new Map([
      ['one', journal],
      ['two', other],
    ]),
  };
}

describe('bondOf', () => {
  it('binds a run by the digest that it is given, whatever was approved before', () => {
    for (const found of [null, seen(), seen(canonicalText(WHOLE))]) {
      expect(bondOf(asked({ approved: GIVEN }), found)).toMatchObject({ approved: GIVEN, kept: false });
    }
  });

  it('binds nothing where nobody ever approved anything, nor a plan that is only made', () => {
    expect(bondOf(asked(), null).approved).toBeNull();
    expect(bondOf(asked(), seen()).approved).toBeNull();
    expect(bondOf(asked({ proposes: true }), seen(canonicalText(WHOLE))).approved).toBeNull();
  });

  it('binds a run without a digest by what the first host keeps', async () => {
    const bond = bondOf(asked(), seen(canonicalText(WHOLE)));
    expect(bond).toMatchObject({ kept: true, approved: { digest: digestOf(WHOLE) } });
    expect(await bond.approved?.read()).toEqual(JSON.parse(canonicalText(WHOLE)));
    expect(isApproved(bond, RESOLVED)).toBe(true);
    expect(isApproved(bond, { ...RESOLVED, hosts: {} })).toBe(false);
  });

  it('lets a later run have a narrower limit, and still compares what was approved', () => {
    const narrow = asked({ scope: scope('one', 'two') });
    for (const approved of [WHOLE, LIMITED]) {
      const bond = bondOf(narrow, seen(canonicalText(approved)));
      expect(approvalUnder(bond, RESOLVED)).toEqual(approved);
    }
  });

  it('refuses a run that would touch more than what was approved', () => {
    expect(() => bondOf(asked(), seen(canonicalText(LIMITED)))).toThrow(
      expect.objectContaining({
        message: 'what was approved is limited, and leaves out: three',
        details: expect.objectContaining({
          state: expect.stringContaining('in the middle of the upgrade u1'),
          next: expect.stringContaining('a limit within one, two'),
        }),
      }),
    );
  });

  it.each(['', '{}', '{"schema":2,"limit":null}', '{"schema":1,"limit":{"hosts":"one","databases":[]}}'])(
    'refuses to go on unbound where what is kept cannot be read: %j',
    (text) => {
      expect(() => bondOf(asked(), seen(text))).toThrow(
        'what was approved of the upgrade u1 cannot be read in the journal of its first host',
      );
    },
  );
});

describe('keepBond', () => {
  it('lets the hosts remember the digest that was given, and a later one in its place', async () => {
    await using hosts = await movedHosts('one', 'two');
    const journal = await openJournal(hosts);
    const found = async () => {
      const journals = await readJournals(hosts.runner);
      return bondOf(asked({ scope: scope('one', 'two') }), { upgrade: 'u1', journals }).approved?.digest;
    };
    await keepBond(bondOf(asked(), null), journal, RESOLVED);
    expect(await found()).toBeUndefined();
    const given = (of: Scope) => bondOf(asked({ approved: GIVEN, scope: of }), null);
    await keepBond(given(scope('one', 'two')), journal, RESOLVED);
    expect(await found()).toBe(digestOf(LIMITED));
    await keepBond(given(scope()), journal, RESOLVED);
    expect(await found()).toBe(digestOf(WHOLE));
    const amended = { ...RESOLVED, hosts: { ...RESOLVED.hosts, one: aResolvedHost() } };
    await keepBond(given(scope('one', 'two')), journal, amended);
    expect(await found()).toBe(digestOf(approvalOf(amended, scope('one', 'two'))));
  });

  it('keeps a wider one that still holds, and replaces one that cannot be read', async () => {
    await using hosts = await movedHosts('one');
    const journal = await openJournal(hosts);
    const narrow = bondOf(asked({ approved: GIVEN, scope: scope('one', 'two') }), null);
    for (const [kept, then] of [
      [canonicalText(WHOLE), canonicalText(WHOLE)],
      ['{}', canonicalText(LIMITED)],
    ] as const) {
      await journal.write('one', 'approval.json', kept);
      await keepBond(narrow, journal, RESOLVED);
      expect(journal.record('one', 'approval.json')).toBe(then);
    }
  });

  it('writes nothing anew for a run that the journal binds', async () => {
    await using hosts = await movedHosts('one');
    const journal = await openJournal(hosts);
    await keepBond(bondOf(asked(), seen(canonicalText(WHOLE))), journal, RESOLVED);
    expect(journal.record('one', 'approval.json')).toBeUndefined();
  });
});
