import { describe, expect, it } from '@jest/globals';
import {
  changedHeads,
  changedRows,
  type DatabaseState,
  drift,
  recordName,
  unlikeDump,
  type WriteCounters,
} from '../../src/domain/dump.ts';

const counters: WriteCounters = { oid: '16384', inserted: '100', updated: '20', deleted: '3', reset: null };

function aState(overrides: Partial<DatabaseState> = {}): DatabaseState {
  return { writes: counters, rows: { 'public.a': 5, 'public.b': 0 }, heads: { front: '0003' }, ...overrides };
}

function written(overrides: Partial<WriteCounters>): DatabaseState {
  return aState({ writes: { ...counters, ...overrides } });
}

describe('drift', () => {
  it('sees a database that nobody touched', () => {
    expect(drift(aState(), aState())).toEqual({ kind: 'unchanged' });
  });

  it('sees every kind of write, in words', () => {
    expect(drift(aState(), written({ inserted: '101', deleted: '5' }))).toEqual({
      kind: 'written',
      what: '1 row inserted, 2 rows deleted since the dump',
    });
    expect(drift(aState(), written({ updated: '21' }))).toMatchObject({ kind: 'written' });
  });

  it('counts beyond what a number holds', () => {
    const before = written({ inserted: '9007199254740992' });
    expect(drift(before, written({ inserted: '9007199254740993' }))).toEqual({
      kind: 'written',
      what: '1 row inserted since the dump',
    });
  });

  it('trusts no counters that began anew', () => {
    expect(drift(aState(), written({ inserted: '0' }))).toMatchObject({
      what: expect.stringContaining('began anew'),
    });
    expect(drift(aState(), written({ reset: '2026-01-01' }))).toMatchObject({ kind: 'written' });
    expect(drift(aState(), written({ oid: '20000' }))).toMatchObject({ kind: 'written' });
  });

  it('calls another schema foreign, whatever was written besides', () => {
    const now = { ...written({ inserted: '200' }), heads: { front: '0004' } };
    expect(drift(aState(), now)).toEqual({
      kind: 'foreign',
      what: 'the schema of front changed since the dump',
    });
  });
});

describe('unlikeDump', () => {
  const restored = { ...counters, oid: '20000', inserted: '9', reset: '2026-01-01' };

  it('finds nothing in a database that was restored, whatever its counters say', () => {
    expect(unlikeDump(aState(), aState({ writes: restored }))).toEqual([]);
  });

  it('finds nothing in one that nobody wrote to', () => {
    expect(unlikeDump(aState(), aState())).toEqual([]);
  });

  it('names another schema and other numbers of rows', () => {
    const now = { writes: restored, heads: { front: '0004' }, rows: { 'public.a': 4, 'public.c': 0 } };
    expect(unlikeDump(aState(), now)).toEqual([
      'the schema of front is another one',
      'rows of public.a: 5 -> 4',
      'rows of public.b: 0 -> no such table',
      'rows of public.c: no such table -> 0',
    ]);
  });

  it.each([
    ['rows were changed and none is more or less', { updated: '21' }, '1 row updated since its dump'],
    ['a crash made its counters worth nothing', { reset: '2026-01-01' }, 'began anew since its dump'],
  ])('does not take the same database for a restored one when %s', (_, changes, words) => {
    expect(unlikeDump(aState(), written(changes))).toEqual([
      expect.stringMatching(new RegExp(`^it is the same database as before, .*${words}$`)),
    ]);
  });
});

describe('changedHeads and changedRows', () => {
  it('name roles and tables', () => {
    const before = aState({ heads: { a: '1', b: '1', c: '1' } });
    expect(changedHeads(before, aState({ heads: { a: '1', b: '2', d: '1' } }))).toEqual(['b', 'c', 'd']);
    expect(changedRows(aState(), aState({ rows: { 'public.a': 3, 'public.c': 1 } }))).toEqual([
      'public.a: 5 -> 3',
      'public.b: 0 -> no such table',
      'public.c: no such table -> 1',
    ]);
  });
});

describe('recordName', () => {
  it('numbers later generations, and never the first', () => {
    expect(recordName('shop', 'before', 1)).toBe('dump.shop.before');
    expect(recordName('shop', 'before', 2)).toBe('dump.shop.before.2');
  });
});
