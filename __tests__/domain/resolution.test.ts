import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { parseResolution, verdictOn } from '../../src/domain/resolution.ts';

describe('parseResolution', () => {
  it('reads a word, and lines with names', () => {
    expect([...parseResolution('')]).toEqual([]);
    expect([...parseResolution(' done\n')]).toEqual([[null, 'done']]);
    expect([...parseResolution('quota: again\n\nusers on node1: done')]).toEqual([
      ['quota', 'again'],
      ['users on node1', 'done'],
    ]);
  });

  it.each(['maybe', 'done again', 'quota:', 'quota: maybe', 'a: done\na: again', 'done\nagain', 'a b: done'])(
    'refuses %j',
    (text) => {
      expect(() => parseResolution(text)).toThrow(ConfigurationError);
    },
  );
});

describe('verdictOn', () => {
  const step = { name: 'users', host: 'node1' };

  it('takes the word alone for the only step that waits', () => {
    expect(verdictOn(parseResolution('done'), step, true)).toBe('done');
    expect(verdictOn(parseResolution('done'), step, false)).toBeUndefined();
  });

  it('takes the nearest name', () => {
    const resolution = parseResolution('users: done\nusers on node1: again');
    expect(verdictOn(resolution, step, false)).toBe('again');
    expect(verdictOn(resolution, { ...step, host: 'node2' }, false)).toBe('done');
    expect(verdictOn(resolution, { name: 'quota', host: 'node1' }, true)).toBeUndefined();
  });
});
