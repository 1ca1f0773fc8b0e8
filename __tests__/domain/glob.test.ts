import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { globMatches, isGlob } from '../../src/domain/glob.ts';

/** What the pattern means, said in another way. */
function asRegExp(pattern: string): RegExp {
  const parts = [...pattern].map((character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `[${character}]`,
  );
  return new RegExp(`^${parts.join('')}$`);
}

describe('globMatches', () => {
  it('agrees with a regular expression', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '+', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '+'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        expect(globMatches(glob, name)).toBe(asRegExp(glob).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers a pattern of many stars', () => {
    expect(globMatches(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('isGlob', () => {
  it('knows wildcards from names', () => {
    expect(['snf-*', 'snf-?', 'g++', 'a.b'].map(isGlob)).toEqual([true, true, false, false]);
  });
});
