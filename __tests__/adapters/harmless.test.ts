import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { harmlessLine, harmlessLines } from '../../src/adapters/harmless.ts';

/** White space as .NET's TrimStart removes it. */
const TRIM_START = /^[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * Does the runner find a command in this output? Its rules written down again (actions/runner, ActionCommand.cs):
 * the reader ends a line at CR, LF or both; `::` after white space; `##[` anywhere.
 */
function obeys(output: string): boolean {
  return output
    .split(/\r\n|\r|\n/)
    .some((line) => line.replace(TRIM_START, '').startsWith('::') || line.includes('##['));
}

const piece = fc.constantFrom(
  '::',
  ':',
  '##[',
  '#',
  '##',
  '[',
  ']',
  'error',
  'set-env name=x::',
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\b',
  '\u001b[31m',
  '\u001b',
  '\u001b]0;',
  '\u0007',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\u200b',
  'x',
  '🐎',
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe('harmless lines', () => {
  it('are recognized by this test as commands before', () => {
    expect(obeys(' \u3000::error::x')).toBe(true);
    expect(obeys('a\r::error::x')).toBe(true);
    expect(obeys('a ##[error]x')).toBe(true);
    expect(obeys('a ::error::x')).toBe(false);
  });

  it('never hold a command for the runner', () => {
    fc.assert(
      fc.property(text, (given) => !obeys(harmlessLines(given).join('\n'))),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(text, (given) => !obeys(harmlessLine(given))),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(text, (given) => !obeys(`web1 │ ${harmlessLine(given)}`)),
      { numRuns: 5000 },
    );
  });

  it('never hold a control character but the tab, whatever came in', () => {
    fc.assert(
      fc.property(text, (given) => /^(?:[^\p{Cc}\u2028\u2029]|\t)*$/u.test(harmlessLine(given))),
      { numRuns: 5000 },
    );
  });

  it('are left as they are when nothing is wrong with them', () => {
    const good = fc.string({ unit: fc.constantFrom('a', 'é', '🐎', ' ', '.', '#', ']'), maxLength: 100 });
    fc.assert(fc.property(good, (given) => harmlessLine(given) === given));
  });

  it('are cut without breaking a character', () => {
    const shown = harmlessLine('🐎'.repeat(1000) + 'x'.repeat(10));
    expect(shown).toBe(`${'🐎'.repeat(1000)} … (and 10 more bytes)`);
    expect(harmlessLine(`x${'🐎'.repeat(1000)}`)).toBe(`x${'🐎'.repeat(999)} … (and 4 more bytes)`);
  });
});
