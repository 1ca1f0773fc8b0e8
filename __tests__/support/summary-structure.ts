/** A summary taken apart as CommonMark does: what stands in fences, and every other line. */
export interface Structure {
  readonly fences: readonly string[];
  /** What stands in those that GitHub draws. */
  readonly charts: readonly string[];
  /** The lines outside of fences. */
  readonly lines: readonly string[];
}

/** @throws Error for a fence that nothing closes */
export function structureOf(markdown: string): Structure {
  const fences: string[] = [];
  const charts: string[] = [];
  const lines: string[] = [];
  let open: { ticks: number; language: string; lines: string[] } | null = null;
  for (const line of markdown.split('\n')) {
    if (open === null) {
      const [, ticks, language = ''] = /^(`{3,})(sh|diff|text|mermaid)$/.exec(line) ?? [];
      open = ticks === undefined ? null : { ticks: ticks.length, language, lines: [] };
      lines.push(...(open === null ? [line] : []));
    } else if (new RegExp(`^ {0,3}\`{${open.ticks},}[ \t]*$`).test(line)) {
      (open.language === 'mermaid' ? charts : fences).push(open.lines.join('\n'));
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  if (open !== null) {
    throw new Error('a fence is never closed');
  }
  return { fences, charts, lines };
}

/** Everything that the summary itself may write; what is left of a line is text. */
const OWN_MARKUP =
  /<\/?(?:code|details|summary|b)>|<br>|<wbr>|<a href="https:\/\/github\.com\/[\w./-]+">|<\/a>|&#\d+;|\*\*/g;

/** What of a line would be markup, a link or a mention although nobody of us wrote it; empty when it is harmless. */
export function strayMarkup(line: string): string[] {
  const heading = /^#{2,3} /.exec(line)?.[0] ?? '';
  const item = /^- /.exec(line)?.[0] ?? '';
  const table = /^\|.*\|$/.test(line);
  const note = /^_(?:Left out, .*)_$/.test(line);
  const rest = line.slice(heading.length + item.length).replace(OWN_MARKUP, '\0');
  const text = (table ? rest.replace(/^\| | \| | \|$/g, '\0') : rest).replaceAll('_new_', '\0');
  return note ? [] : (text.match(/[<>&|`*_~[\]\\@#$!{}+=]|:\/\/|^\s*(?:[-+]|\d+[.)])\s|www\./g) ?? []);
}

/** How many cells a line of a table has. */
export function cellsOf(line: string): number {
  return line.split('|').length - 2;
}
