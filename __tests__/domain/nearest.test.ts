import { describe, expect, it } from '@jest/globals';
import { editDistance, nearest, suggestion } from '../../src/domain/nearest.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['hots', 'host', 1],
    ['role', 'roles', 1],
    ['abc', 'abc', 0],
  ])('%j to %j is %i', (left, right, expected) => {
    expect(editDistance(left, right)).toBe(expected);
    expect(editDistance(right, left)).toBe(expected);
  });
});

describe('nearest', () => {
  const keys = ['address', 'port', 'user', 'roles', 'jump', 'local'];

  it.each([
    ['adress', 'address'],
    ['Prot', 'port'],
    ['role', 'roles'],
    ['username', null],
    ['zzz', null],
  ])('%s is probably %s', (word, expected) => {
    expect(nearest(word, keys)).toBe(expected);
  });

  it('is silent where nothing is near', () => {
    expect(suggestion('zzz', keys)).toBe('');
    expect(suggestion('adress', keys)).toBe('; did you mean "address"?');
  });
});
