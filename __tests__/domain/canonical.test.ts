import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText, digestOf, sha256 } from '../../src/domain/canonical.ts';

describe('canonicalText', () => {
  it('sorts keys, at every depth, and no list', () => {
    const value = { b: [{ d: 1, c: 2 }, 'z', 'a'], a: null, ab: true };
    expect(canonicalText(value)).toBe('{"a":null,"ab":true,"b":[{"c":2,"d":1},"z","a"]}');
  });

  it('leaves out what has no value, as JSON does', () => {
    expect(canonicalText({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}');
  });

  it('is the same for a value that was written and read, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const read = JSON.parse(JSON.stringify(value));
        const turned = Object.fromEntries(Object.entries(read).reverse());
        expect(canonicalText(turned)).toBe(canonicalText(read));
        expect(JSON.parse(canonicalText(read))).toEqual(read);
      }),
    );
  });
});

it('digestOf is the SHA-256 of the canonical text', () => {
  const hash = createHash('sha256').update('{"a":2,"b":1}').digest('hex');
  expect(digestOf({ b: 1, a: 2 })).toBe(hash);
  expect(sha256('{"a":2,"b":1}')).toBe(hash);
});
