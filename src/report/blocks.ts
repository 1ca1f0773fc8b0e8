import { code, join, Markdown, md } from './markdown.ts';
import { commandLines, linesOf, losesCharacters } from './plain-text.ts';
import { count } from './units.ts';

/** Rows that a table has at most; the rest is counted. */
const MOST_ROWS = 200;
/** Items that a list has at most. */
const MOST_ITEMS = 100;

/** Blocks below each other; empty ones leave no trace. */
export function blocks(...parts: ReadonlyArray<Markdown | null>): Markdown {
  return join(
    parts.filter((part): part is Markdown => part !== null && part.text !== ''),
    '\n\n',
  );
}

/** A table; no cell may hold a line end. Empty without rows. */
export function table(headings: readonly string[], rows: ReadonlyArray<readonly Markdown[]>): Markdown {
  if (rows.length === 0) {
    return new Markdown('');
  }
  const rest = rows.length - MOST_ROWS;
  const shown = rest > 0 ? rows.slice(0, MOST_ROWS) : rows;
  const lines = [
    headings.map((heading) => md`${heading}`),
    headings.map(() => new Markdown('---')),
    ...shown,
  ];
  return blocks(
    join(lines.map(row), '\n'),
    rest > 0 ? md`... and ${count(rest, 'more row')}, which the output ${code('report')} has.` : null,
  );
}

function row(cells: readonly Markdown[]): Markdown {
  return md`| ${join(cells, ' | ')} |`;
}

/** A list; no item may hold a line end. */
export function list(items: readonly Markdown[]): Markdown {
  const rest = items.length - MOST_ITEMS;
  const shown = rest > 0 ? [...items.slice(0, MOST_ITEMS), md`... and ${rest} more`] : items;
  return join(
    shown.map((item) => md`- ${item}`),
    '\n',
  );
}

export interface FenceOptions {
  readonly language?: 'sh' | 'diff' | 'text';
  /** Lines that are shown at most; 400 when missing. */
  readonly most?: number;
  /** Which of them when there are more. */
  readonly keep?: 'first' | 'last';
}

/** Untrusted text line by line, in a fence that nothing in it ends. Empty without lines. */
export function fence(text: string, options: FenceOptions = {}): Markdown {
  const { language = 'text', most = 400, keep = 'first' } = options;
  const lines = linesOf(text);
  const shown = keep === 'first' ? lines.slice(0, most) : lines.slice(-most);
  const note = `The ${keep} ${most} of ${count(lines.length, 'line')}:`;
  return blocks(lines.length > most ? md`${note}` : null, fenced(shown, language));
}

/** Commands to be copied, in a fence: all of them, unchanged. Where that can't be, words say so. */
export function commandFence(commands: string): Markdown {
  return blocks(
    losesCharacters(commands)
      ? md`**These commands hold characters that can't be shown and were left out: don't copy them, take those of the output ${code('report')}.**`
      : null,
    fenced(commandLines(commands), 'sh'),
  );
}

/** The fence is longer than any run of backticks in the lines. */
function fenced(lines: readonly string[], language: string): Markdown {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const ticks = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run + 1), 3));
  return new Markdown(lines.length === 0 ? '' : `${ticks}${language}\n${lines.join('\n')}\n${ticks}`);
}

/** A part that opens on a click. The title stands in HTML, where `prose` and `code` are right and `**` is not. */
export function details(title: Markdown, ...parts: ReadonlyArray<Markdown | null>): Markdown {
  const body = blocks(...parts);
  return body.text === ''
    ? body
    : md`<details><summary>${title}</summary>${new Markdown('\n\n')}${body}${new Markdown('\n\n')}</details>`;
}
