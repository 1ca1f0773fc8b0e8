import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { harmlessLine } from '../../src/adapters/harmless.ts';
import { keptOf, LineSplitter } from '../../src/shell/lines.ts';

function split(...chunks: ReadonlyArray<string | Buffer>): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) {
    splitter.push(Buffer.from(chunk as string));
  }
  splitter.end();
  return lines;
}

describe('LineSplitter', () => {
  it.each([
    ['LF', ['a\nb\n'], ['a', 'b']],
    ['CRLF', ['a\r\nb\r\n'], ['a', 'b']],
    ['CRLF in two pieces', ['a\r', '\nb'], ['a', 'b']],
    ['CR alone, as a progress bar has it', ['1%\r2%\r3%\n'], ['1%', '2%', '3%']],
    ['a last line without an end', ['a\nb'], ['a', 'b']],
    ['empty lines', ['a\n\n\nb\n'], ['a', '', '', 'b']],
    ['an empty line after CRLF', ['a\r\n\nb\n'], ['a', '', 'b']],
    ['a line in many pieces', ['a', 'b', '', 'c\nd'], ['abc', 'd']],
    ['nothing', [], []],
  ])('ends lines by %s', (_, chunks, lines) => {
    expect(split(...chunks)).toEqual(lines);
  });

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.array(fc.constantFrom('a', 'ž', '🐎', '\n', '\r', '\r\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 3 })), (given, sizes) => {
        const bytes = Buffer.from(given);
        const chunks: Buffer[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(split(...chunks, bytes.subarray(at))).toEqual(split(bytes));
        expect(split(bytes)).toEqual(
          given === '' ? [] : given.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('shows bytes that are no UTF-8 as such', () => {
    expect(split(Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0x62]))).toEqual(['a\ufffd\ufffd', 'b']);
  });

  it('keeps the beginning of a line of 100 MB, and knows what is missing', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    const before = process.memoryUsage().arrayBuffers;
    const chunk = Buffer.alloc(1_000_000, 'x');
    for (let index = 0; index < 100; index += 1) {
      splitter.push(chunk);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    splitter.push(Buffer.from('\nnext\n'));
    expect(lines).toHaveLength(2);
    expect(keptOf(lines[0] ?? '')).toEqual({ kept: 'x'.repeat(16384), bytes: 100_000_000 - 16384 });
    expect(harmlessLine(lines[0] ?? '')).toBe(`${'x'.repeat(2000)} … (and 99998000 more bytes)`);
    expect(lines[1]).toBe('next');
  });
});
