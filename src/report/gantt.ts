import { Markdown } from './markdown.ts';
import { oneLine } from './plain-text.ts';

/** A span of time in a chart, in milliseconds since 1970. */
export interface Bar {
  /** Begins with a word of ours: a line that begins with one of the chart's own keywords would be another thing. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** `bad` is red, `part` is a piece of the bar above it. */
  readonly kind: 'usual' | 'part' | 'bad';
}

export interface BarGroup {
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** The longest name or label; a chart has no room for more. */
const LONGEST = 60;
/** The room that a character of a name takes at the left, in pixels, and how much there is at least and at most. */
const [CHARACTER, LEAST_ROOM, MOST_ROOM] = [7, 75, 320];
/** A shorter bar than this part of the whole would not be seen. */
const THINNEST = 1 / 400;
/** Times below a chart stand apart where there are no more of them, whatever mermaid would choose. */
const MOST_TICKS = 10;
/** Their distances, in seconds, and in mermaid's words. */
const TICKS: readonly (readonly [number, string])[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => [count, `${count}second`] as const),
  ...[1, 2, 5, 10, 15, 30].map((count) => [count * 60, `${count}minute`] as const),
  ...[1, 2, 3, 6, 12].map((count) => [count * 3600, `${count}hour`] as const),
  [86_400, '1day'],
];
/** The years 0 to 9999, which the chart's format of a date can hold. */
const [FIRST, LAST] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 11, 31)];

/**
 * A chart in mermaid's language, its times in UTC wherever it is looked at. GitHub draws it with mermaid's own settings
 * and `securityLevel: strict`, so that nothing in it can be clicked or be HTML.
 */
export function gantt(groups: readonly BarGroup[]): Markdown {
  const drawable = groups
    .map(({ name, bars }) => ({ name, bars: bars.filter(isDrawable) }))
    .filter(({ bars }) => bars.length > 0);
  const bars = drawable.flatMap((group) => group.bars);
  if (bars.length === 0) {
    return new Markdown('');
  }
  const whole = Math.max(...bars.map(({ to }) => to)) - Math.min(...bars.map(({ from }) => from));
  const lines = [
    `%%{init: {"gantt": {"leftPadding": ${roomFor(drawable)}}}}%%`,
    'gantt',
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    `  axisFormat ${axisFormat(whole)}`,
    ...tickInterval(whole),
    '  todayMarker off',
    ...drawable.flatMap((group) => [
      `  section ${plain(group.name)}`,
      ...group.bars.map((bar) => `    ${line(bar, whole * THINNEST)}`),
    ]),
  ];
  return new Markdown(`\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``);
}

function isDrawable({ from, to }: Bar): boolean {
  return from >= FIRST && to <= LAST && from <= to;
}

function line({ label, from, to, kind }: Bar, least: number): string {
  const tag = { usual: '', part: 'active, ', bad: 'crit, ' }[kind];
  return `${plain(label)} :${tag}${date(from)}, ${date(Math.max(to, from + least, from + 1))}`;
}

/** A date without a zone is shown as it stands, whatever the reader's zone is. */
function date(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}

function axisFormat(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  return hours < 0.25 ? '%H:%M:%S' : hours < 20 ? '%H:%M' : '%d %b %H:%M';
}

/** Nothing for a span so long or so short that mermaid may choose. */
function tickInterval(milliseconds: number): string[] {
  const found = TICKS.find(([seconds]) => milliseconds / 1000 / seconds <= MOST_TICKS);
  return milliseconds < 2000 || found === undefined ? [] : [`  tickInterval ${found[1]}`];
}

function roomFor(groups: readonly BarGroup[]): number {
  const longest = Math.max(...groups.map(({ name }) => plain(name).length));
  return Math.min(Math.max(longest * CHARACTER + 20, LEAST_ROOM), MOST_ROOM);
}

/**
 * Text without any character that means something to mermaid, Markdown or HTML: letters, digits and a few signs
 * between them are left.
 */
function plain(text: string): string {
  const known = oneLine(text, LONGEST)
    .replace(/[^\p{L}\p{N} .,_/()-]/gu, ' ')
    .replace(/-{2,}/g, '-')
    .replace(/ {2,}/g, ' ')
    .trim();
  return known === '' ? 'unnamed' : known;
}
