import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { code, join, md, prose, strong } from '../../src/report/markdown.ts';
import { hostileText } from '../support/hostile-text.ts';
import { strayMarkup } from '../support/summary-structure.ts';

describe('md', () => {
  it('makes prose of strings and leaves Markdown alone', () => {
    expect(md`**${'a*b'}** ${3} ${md`_c_`}`.text).toBe('**a&#42;b** 3 _c_');
    expect(join([md`a`, md`b`], ' | ').text).toBe('a | b');
  });
});

describe('prose', () => {
  it.each([
    ['snf-common 0.16.2-1 (new), 5%', 'snf-common 0.16.2-1 (new), 5%'],
    ['a | b', 'a &#124; b'],
    ['<b>', '&#60;b&#62;'],
    ['two\nlines', 'two lines'],
    ['1. one', '1&#46; one'],
    ['- one', '&#45; one'],
    ['the dump `before` lasts', 'the dump <code>before</code> lasts'],
    ['one ` alone', 'one &#96; alone'],
  ])('%j becomes %j', (text, expected) => {
    expect(prose(text).text).toBe(expected);
  });

  it.each([
    '@octocat',
    '#12',
    'a@b.example',
    'https://evil.example',
    'www.evil.example',
    ':smile:',
    'deadbeef',
    '$x$',
  ])('sets %j as code, which GitHub leaves alone', (text) => {
    expect(prose(`see ${text} there`).text).toBe(`see ${code(text).text} there`);
    expect(code(text).text).toMatch(/^<code>.*<\/code>$/);
  });
});

describe('strong', () => {
  it('is never a rule across the page', () => {
    expect([strong('a*').text, strong('\n').text]).toEqual(['**a&#42;**', '(empty)']);
  });
});

describe('code', () => {
  it('parts an address, which GitHub recognises after it has read the entities', () => {
    expect(code('a@b.example').text).toBe('<code>a<wbr>&#64;<wbr>b.example</code>');
  });

  it('says that there is nothing', () => {
    expect(code(' ').text).toBe('(empty)');
  });
});

it('leaves no markup, whatever comes', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(strayMarkup(prose(text).text)).toEqual([]);
      expect(strayMarkup(code(text).text)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
