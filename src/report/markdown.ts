import { oneLine } from './plain-text.ts';

/**
 * Markdown (GitHub's) that may stand in the summary as it is. Everything else becomes it by `prose` or `code`, which
 * leave no character that could be markup, so that a host or a file can't write headings, links or images.
 */
export class Markdown {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** Builds Markdown: `md\`**Host**: ${name}\``. A string becomes prose; only `Markdown` stands as it is. */
export function md(
  strings: TemplateStringsArray,
  ...values: ReadonlyArray<string | number | Markdown>
): Markdown {
  const rest = strings.slice(1).map((part, index) => render(values[index] ?? '') + part);
  return new Markdown([strings[0], ...rest].join(''));
}

function render(value: string | number | Markdown): string {
  return value instanceof Markdown ? value.text : prose(String(value)).text;
}

/** Several pieces with the same Markdown between them. */
export function join(parts: readonly Markdown[], separator: string): Markdown {
  return new Markdown(parts.map(({ text }) => text).join(separator));
}

/** Words that GitHub itself turns into something: mentions, addresses, issues, commits, emoji, formulas. */
const ACTIVE = /[@#$]|:.|www\.|\b[0-9a-f]{7,}\b|^GH-\d/iu;

/**
 * Untrusted text as one line of plain words. What stands between backticks is set as code, and so is what GitHub would
 * make a link of, since it leaves code alone.
 */
export function prose(text: string, longest = 1000): Markdown {
  const [first = '', ...rest] = oneLine(text, longest).split(/`([^`]+)`/);
  const parts = rest.map((part, index) => (index % 2 === 0 ? code(part).text : words(part)));
  return new Markdown([words(first), ...parts].join(''));
}

function words(text: string): string {
  return text
    .split(' ')
    .map((word) => (ACTIVE.test(word) ? code(word).text : neutral(word)))
    .join(' ');
}

/** Untrusted text in bold. Stars around nothing would be a rule across the page. */
export function strong(text: string): Markdown {
  const inner = prose(text);
  return new Markdown(inner.text === '' ? '(empty)' : `**${inner.text}**`);
}

/** Untrusted text in fixed width, on one line. */
export function code(text: string, longest = 400): Markdown {
  const line = oneLine(text, longest);
  return new Markdown(line === '' ? '(empty)' : `<code>${neutral(line).replaceAll(':', '&#58;')}</code>`);
}

/**
 * Entities are never markup, neither in Markdown nor in HTML, nor do they end a table's cell. Dots, dashes and
 * brackets only mean something at the beginning, where they would make a list or a rule.
 */
function neutral(text: string): string {
  return (
    text
      .replace(/[!"#$&'*+<=>@[\\\]^_`{|}~]|(?<=www)\.|^-|(?<=^\d+)[.)](?=$|\s)/gi, entity)
      // An address is recognised after entities were read, but not across a tag.
      .replaceAll('&#64;', '<wbr>&#64;<wbr>')
  );
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
