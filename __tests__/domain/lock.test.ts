import { describe, expect, it } from '@jest/globals';
import { describeOwner, type Owner, parseOwner } from '../../src/domain/lock.ts';

const owner: Owner = {
  key: 'k',
  run: 'example/cloud run 17',
  actor: 'operator',
  link: 'https://github.com/example/cloud/actions/runs/17',
  since: Date.UTC(2026, 10, 23, 17, 45),
  process: { machine: 'm', namespace: 'pid:[1]', bootId: 'b', pid: 7, start: '123' },
};

describe('parseOwner', () => {
  it('reads what was written', () => {
    expect(parseOwner(JSON.stringify(owner))).toEqual(owner);
  });

  it('fills what an owner need not have', () => {
    const { key, run, since } = owner;
    expect(parseOwner(JSON.stringify({ key, run, since }))).toEqual({
      ...owner,
      actor: '',
      link: '',
      process: null,
    });
  });

  it.each(['', 'null', '{}', '"text"', '{"key": 1}', '{"key": "k", "run": "r", "since": "now"}'])(
    'refuses %j',
    (text) => {
      expect(() => parseOwner(text)).toThrow();
    },
  );
});

describe('describeOwner', () => {
  it('says who, where, since when, and which lock', () => {
    expect(describeOwner('l1', owner)).toBe(
      'example/cloud run 17 (https://github.com/example/cloud/actions/runs/17), started by operator at 2026-11-23T17:45:00.000Z, lock l1',
    );
  });

  it('says what it does not know', () => {
    expect(describeOwner('l1', { ...owner, actor: '', link: '' })).toBe(
      'example/cloud run 17, started by an unknown actor at 2026-11-23T17:45:00.000Z, lock l1',
    );
  });
});
