import { keptOf, restOf } from '../shell/lines.ts';

/** Characters of one line that people still read; a line of a host may have a hundred million. */
const LONGEST = 2000;

/** Sequences that move a terminal's cursor, colour it, or set its title (ECMA-48; OSC may end by BEL). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/** Other control characters, and those that turn the reading direction or make a line out of one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * One line of untrusted text as it may be printed: no control characters, nothing that the runner takes for a
 * workflow command, no longer than people read.
 */
export function harmlessLine(text: string): string {
  return withoutCommands(cutLine(withoutControls(text)));
}

/** Text as lines, each harmless; a lone CR ends a line too, since the runner's reader sees it so. */
export function harmlessLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map(harmlessLine);
}

/** Removes terminal sequences and shows other control characters as pictures. */
export function withoutControls(text: string): string {
  return text.replaceAll(ESCAPES, '').replaceAll(CONTROLS, (found) => {
    const code = found.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/**
 * Breaks what the runner would obey: `::name::` where a line begins (after white space), and `##[name]` anywhere
 * (ActionCommand.cs of actions/runner, TryParseV2 and TryParse).
 */
export function withoutCommands(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/u, '$1: ');
}

/** The beginning of a long line, with words about how much is missing. */
export function cutLine(line: string): string {
  const { kept, bytes } = keptOf(line);
  if (kept.length <= LONGEST) {
    return line;
  }
  // Not between the two halves of a character beyond the basic plane.
  const end = /[\ud800-\udbff]/.test(kept[LONGEST - 1] ?? '') ? LONGEST - 1 : LONGEST;
  const more = Buffer.byteLength(kept.slice(end)) + bytes;
  return restOf(kept.slice(0, end), more);
}
