/** A terminal's sequences: colours, cursor moves, window titles. */
const TERMINAL_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/**
 * Text without anything that acts instead of being seen: terminal sequences, control characters, invisible and
 * direction-changing ones. Line ends and tabs stay; a lone carriage return, with which a line overwrites itself,
 * ends a line.
 */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, '\n')
    .replace(TERMINAL_SEQUENCE, '')
    .replace(/[^\P{C}\n\t]/gu, '');
}

/** The same on one line of at most so many characters. */
export function oneLine(text: string, longest = 400): string {
  // A space that does not break stays one.
  const line = withoutControls(text)
    .replace(/[^\S\u00a0]+/gu, ' ')
    .trim();
  return cut(line, longest);
}

/** The lines of a text, each no longer than so many characters, without empty ones at its beginning and end. */
export function linesOf(text: string, longest = 2000): string[] {
  return withoutEmptyEnds(
    withoutControls(text)
      .split('\n')
      .map((line) => cut(line.trimEnd(), longest)),
  );
}

/** The lines of commands: what a person copies must be whole, to the last space. */
export function commandLines(text: string): string[] {
  return withoutEmptyEnds(withoutControls(text).split('\n'));
}

/** Would somebody who copies the text as it is shown copy something else than what it is? */
export function losesCharacters(text: string): boolean {
  return withoutControls(text) !== text;
}

/** The last lines that are not empty. */
export function lastLines(text: string, count: number, longest = 2000): string[] {
  return linesOf(text, longest)
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

function withoutEmptyEnds(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

function cut(line: string, longest: number): string {
  // No half of a surrogate pair is left at the cut.
  return line.length <= longest
    ? line
    : `${line
        .slice(0, longest)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}...`;
}
