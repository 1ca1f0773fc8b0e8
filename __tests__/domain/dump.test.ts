import { describe, expect, it } from '@jest/globals';
import {
  changedHeads,
  changedRows,
  type DatabaseState,
  drift,
  isRestored,
  recordName,
  type WriteCounters,
} from '../../src/domain/dump.ts';

const counters: WriteCounters = { inserted: '100', updated: '20', deleted: '3', reset: null };

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
      what: '1 rows inserted, 2 rows deleted since the dump',
    });
    expect(drift(aState(), written({ updated: '21' }))).toMatchObject({ kind: 'written' });
  });

  it('counts beyond what a number holds', () => {
    const before = written({ inserted: '9007199254740992' });
    expect(drift(before, written({ inserted: '9007199254740993' }))).toEqual({
      kind: 'written',
      what: '1 rows inserted since the dump',
    });
  });

  it('trusts no counters that began anew', () => {
    expect(drift(aState(), written({ inserted: '0' }))).toMatchObject({
      what: expect.stringContaining('began anew'),
    });
    expect(drift(aState(), written({ reset: '2026-01-01' }))).toMatchObject({ kind: 'written' });
  });

  it('calls another schema foreign, whatever was written besides', () => {
    const now = { ...written({ inserted: '200' }), heads: { front: '0004' } };
    expect(drift(aState(), now)).toEqual({
      kind: 'foreign',
      what: 'the schema of front changed since the dump',
    });
  });
});

describe('isRestored', () => {
  it('wants the same schema and as many rows, and does not care for counters', () => {
    expect(isRestored(aState(), written({ inserted: '9' }))).toBe(true);
    expect(isRestored(aState(), aState({ heads: { front: '0004' } }))).toBe(false);
    expect(isRestored(aState(), aState({ rows: { 'public.a': 4, 'public.b': 0 } }))).toBe(false);
    expect(isRestored(aState(), aState({ rows: { 'public.a': 5 } }))).toBe(false);
    expect(isRestored(aState(), aState({ rows: { ...aState().rows, 'public.c': 0 } }))).toBe(false);
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
