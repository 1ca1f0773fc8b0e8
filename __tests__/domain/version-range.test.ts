import { describe, expect, it } from '@jest/globals';
import { newestIn, parseRange, ruleFor, rulesFor, satisfies } from '../../src/domain/version-range.ts';

describe('parseRange', () => {
  it('reads constraints with and without spaces', () => {
    expect(parseRange('>= 0.15,<0.16~')).toEqual([
      { operator: '>=', version: '0.15' },
      { operator: '<', version: '0.16~' },
    ]);
  });

  it.each(['', '0.16', '=> 1', '>> 1', '>= 1,', '>= x', '>= 1 2', '== 1', '!= 1', '>= 1\n'.repeat(2)])(
    'refuses %j',
    (wrong) => {
      expect(() => parseRange(wrong)).toThrow(RangeError);
    },
  );
});

describe('satisfies', () => {
  it.each([
    ['0.15.2-1', '>= 0.15, < 0.16~', true],
    ['0.16~rc1-1', '>= 0.15, < 0.16~', false],
    ['0.16~rc1-1', '>= 0.16~, < 0.17~', true],
    ['0.17~alpha', '>= 0.16~, < 0.17~', false],
    ['1.0', '= 0:1.0', true],
    ['1.0', '> 1.0', false],
    ['1.0', '<= 1.0', true],
    ['whatever', 'any', true],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(satisfies(version, range)).toBe(expected);
  });
});

describe('newestIn', () => {
  it('takes the newest that fits, not the newest', () => {
    const offers = ['0.17-1', '0.15.2-1', '0.16~rc1-1', '0.16.2-1', '0.16.10~pre-1'];
    expect(newestIn('>= 0.16~, < 0.17~', offers)).toBe('0.16.10~pre-1');
    expect(newestIn('any', offers)).toBe('0.17-1');
  });

  it('is null when none fits', () => {
    expect(newestIn('>= 0.16~, < 0.17~', ['0.17-1', '0.15-1'])).toBeNull();
    expect(newestIn('any', [])).toBeNull();
  });
});

describe('ruleFor', () => {
  const rules = { '*': '> 1', 'shop-*': '> 2', 'shop-front*': '> 3', 'shop-front-api': 'any' };

  it.each([
    ['shop-front-api', 'shop-front-api'],
    ['shop-front-web', 'shop-front*'],
    ['shop-back', 'shop-*'],
    ['python3-x', '*'],
  ])('%s goes by %s', (name, pattern) => {
    expect(ruleFor(rules, name)?.pattern).toBe(pattern);
  });

  it('is null without a match', () => {
    expect(ruleFor({ 'shop-*': 'any' }, 'other')).toBeNull();
  });

  it('prefers a name to a longer glob', () => {
    expect(ruleFor({ 'ab*?????*': '> 1', abcdefg: '> 2' }, 'abcdefg')?.pattern).toBe('abcdefg');
  });

  it('tells two globs of equal length', () => {
    expect(rulesFor({ 'shop-*': '> 1', '*-front': '> 2' }, 'shop-front')).toHaveLength(1);
    expect(rulesFor({ 'shop-fr*': '> 1', '*p-front': '> 2' }, 'shop-front')).toHaveLength(2);
  });
});
