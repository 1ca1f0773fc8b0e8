import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blocks, commandFence, details, fence, list, table } from '../../src/report/blocks.ts';
import { md } from '../../src/report/markdown.ts';
import { linesOf } from '../../src/report/plain-text.ts';
import { hostileText } from '../support/hostile-text.ts';
import { structureOf } from '../support/summary-structure.ts';

describe('fence', () => {
  it('is longer than any run of backticks in it', () => {
    expect(fence('a ```` b').text).toBe('`````text\na ```` b\n`````');
  });

  it('shows the last lines and says how many there were', () => {
    expect(fence('a\nb\nc', { most: 2, keep: 'last' }).text).toBe(
      'The last 2 of 3 lines:\n\n```text\nb\nc\n```',
    );
  });

  it('is never left by what stands in it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { fences, lines } = structureOf(fence(text).text);
        const shown = linesOf(text).join('\n');
        expect(fences).toEqual(shown === '' ? [] : [shown]);
        expect(lines.join('')).toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('commandFence', () => {
  it('shows commands as they are', () => {
    const commands = "psql <<'END'\n  select '  ';  \nEND";
    expect(structureOf(commandFence(commands).text).fences).toEqual([commands]);
  });

  it('warns of what it cannot show', () => {
    expect(commandFence("psql -d 'a\u200bb'").text).toContain("can't be shown");
  });
});

describe('table, list, details', () => {
  it('are empty without content', () => {
    expect([
      table(['A'], []).text,
      list([]).text,
      details(md`t`, null).text,
      blocks(null, md``).text,
    ]).toEqual(['', '', '', '']);
  });

  it('say how much they leave out', () => {
    const rows = Array.from({ length: 203 }, (_, index) => [md`${index}`]);
    expect(table(['A'], rows).text).toContain('... and 3 more rows');
    expect(list(rows.map(([cell]) => cell ?? md``)).text).toContain('- ... and 103 more');
  });

  it('keep a blank line between HTML and Markdown', () => {
    expect(details(md`t`, md`a`, md`b`).text).toBe('<details><summary>t</summary>\n\na\n\nb\n\n</details>');
  });
});
