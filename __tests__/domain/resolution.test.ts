import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { parseResolution, textOfWord, wordOn } from '../../src/domain/resolution.ts';

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

describe('wordOn', () => {
  const step = { name: 'users', host: 'node1' };

  it('takes the word alone for the only step that waits', () => {
    expect(wordOn(parseResolution('done'), step, true)).toEqual({ about: null, verdict: 'done' });
    expect(wordOn(parseResolution('done'), step, false)).toBeUndefined();
  });

  it('takes the nearest name', () => {
    const resolution = parseResolution('users: done\nusers on node1: again');
    expect(wordOn(resolution, step, false)).toEqual({ about: 'users on node1', verdict: 'again' });
    expect(wordOn(resolution, { ...step, host: 'node2' }, false)).toEqual({
      about: 'users',
      verdict: 'done',
    });
    expect(wordOn(resolution, { name: 'quota', host: 'node1' }, true)).toBeUndefined();
  });
});

it.each(['done', 'users: again', 'users on node1: done'])('textOfWord writes %j as it was said', (text) => {
  const words = [...parseResolution(text)].map(([about, verdict]) => ({ about, verdict }));
  expect(words.map(textOfWord)).toEqual([text]);
});
