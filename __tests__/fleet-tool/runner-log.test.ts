import { describe, expect, it } from '@jest/globals';
import { RunnerLog } from '../../fleet/runner-log.ts';

function shown(...pieces: readonly string[]): string[] {
  const lines: string[] = [];
  const log = new RunnerLog((line) => lines.push(line));
  for (const piece of pieces) {
    log.take(piece);
  }
  return lines;
}

describe('RunnerLog', () => {
  it('obeys masks and hides them', () => {
    expect(shown('::add-mask::s%25cret\nthe s%cret is out\n')).toEqual(['the *** is out']);
  });

  it('shows groups by their titles and annotations in words', () => {
    expect(shown('::group::one%3A two\nx\n::endgroup::\n::error title=no::why%0Ahow\n')).toEqual([
      '\n▼ one: two',
      'x',
      'error: title=no why\nhow',
    ]);
  });

  it('leaves out what only those see who asked for debug lines', () => {
    expect(shown('::debug::a%0Ab\nx\n')).toEqual(['x']);
  });

  it('puts lines together that came in pieces', () => {
    expect(shown('a', 'b\nc', '\n')).toEqual(['ab', 'c']);
  });

  it('takes a command in the middle of a line for text', () => {
    expect(shown('web │ ::add-mask::web\n')).toEqual(['web │ ::add-mask::web']);
  });
});
