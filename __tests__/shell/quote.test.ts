import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ensureDebianPackages } from '../../scripts/debian-packages.ts';
import { quote, Shell, sh } from '../../src/shell/quote.ts';

const word = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '\\',
        '$',
        '`',
        '!',
        '\n',
        '\r',
        ' ',
        '-',
        '=',
        '~',
        '*',
        '{',
        '}',
        '#',
        ';',
        '&',
        'a',
      ),
    }),
  )
  .filter((text) => !text.includes('\0'));

/** What a real shell makes of a piece of shell text that stands as arguments. */
function argumentsIn(shell: string, text: string): string[] {
  const script = `printf '%s\\0' x ${text}`;
  return execFileSync(shell, ['-c', script], { encoding: 'utf8' }).split('\0').slice(1, -1);
}

ensureDebianPackages(['bash', 'dash', 'zsh']);

describe.each(['bash', 'dash', 'zsh'])('quoting, judged by %s', (shell) => {
  it('gives every word back as it was', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        expect(argumentsIn(shell, words.map(quote).join(' '))).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });

  it('holds in templates, inside other text, and as the value of a variable', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 5 }), fc.integer(), (one, many, number) => {
        const text = sh`${one} ${many} ${number} --option=${one} ${new Shell('"$((1 + 1))"')}`;
        const expected = [one, ...many, String(number), `--option=${one}`, '2'];
        expect(argumentsIn(shell, text.text)).toEqual(expected);
        expect(argumentsIn(shell, `"$(v=${quote(one)}; printf %s "$v"; printf .)"`)).toEqual([`${one}.`]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('quoting', () => {
  it('leaves plain words readable', () => {
    expect(['a', '/usr/bin/x', 'k=v', 'a:b', '1.0~rc1', '', '-n'].map(quote)).toEqual([
      'a',
      '/usr/bin/x',
      'k=v',
      'a:b',
      "'1.0~rc1'",
      "''",
      "'-n'",
    ]);
  });

  it('refuses NUL', () => {
    expect(() => quote('a\0b')).toThrow(RangeError);
    expect(() => sh`echo ${'a\0b'}`).toThrow(RangeError);
  });

  it('keeps backslashes of a template as they are written', () => {
    expect(sh`printf '%s\n' ${'a b'}`.text).toBe("printf '%s\\n' 'a b'");
  });
});
