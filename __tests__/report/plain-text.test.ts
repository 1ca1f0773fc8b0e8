import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commandLines,
  lastLines,
  linesOf,
  losesCharacters,
  oneLine,
  withoutControls,
} from '../../src/report/plain-text.ts';
import { hostileText } from '../support/hostile-text.ts';

describe('withoutControls', () => {
  it.each([
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b[2J\u001b[Hhome', 'home'],
    ['10%\r20%\r\ndone', '10%\n20%\ndone'],
    ['a\u202eb\u200bc\u0000d\u0085e', 'abcde'],
    ['tab\tstays, ä and 😀 too', 'tab\tstays, ä and 😀 too'],
    ['one\u2028two', 'one\ntwo'],
    ['half \ud800 pair', 'half  pair'],
  ])('%j becomes %j', (text, expected) => {
    expect(withoutControls(text)).toBe(expected);
  });

  it('leaves nothing that acts, whatever comes', () => {
    fc.assert(fc.property(hostileText, (text) => !/[^\P{C}\n\t]/u.test(withoutControls(text))));
  });
});

describe('oneLine', () => {
  it('has no line end and is cut with dots', () => {
    expect(oneLine('  a\n\n b\tc ')).toBe('a b c');
    expect(oneLine('abcdef', 3)).toBe('abc...');
  });

  it('never cuts a character in two', () => {
    expect(oneLine('ab😀', 3)).toBe('ab...');
  });
});

describe('linesOf', () => {
  it('drops empty lines at both ends only', () => {
    expect(linesOf('\n\n a \n\nb\n\n')).toEqual([' a', '', 'b']);
    expect(linesOf(' \n')).toEqual([]);
  });

  it('takes the last lines that say something', () => {
    expect(lastLines('a\n\nb\n\nc\n', 2)).toEqual(['b', 'c']);
  });
});

describe('commandLines', () => {
  it('keeps spaces and length', () => {
    const long = `echo ${'x'.repeat(5000)}  `;
    expect(commandLines(`${long}\n  indented`)).toEqual([long, '  indented']);
  });

  it('is told of what would be lost', () => {
    expect(losesCharacters("psql -d 'a\tb'\n")).toBe(false);
    expect(losesCharacters("psql -d 'a\u200bb'")).toBe(true);
  });
});
