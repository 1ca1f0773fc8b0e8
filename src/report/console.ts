import { formatMistake } from '../domain/errors.ts';
import type { Report, ReportedDump } from '../domain/report.ts';
import { outageWords } from './outage.ts';
import { isPlan, isTroubled, nextOf, outcomeSentence, stateOf } from './outcome.ts';
import { outlookLines } from './outlook.ts';
import { commandLines, lastLines, linesOf, losesCharacters, oneLine } from './plain-text.ts';
import { byUse, mayNeedRestoring, pointOf } from './restoring.ts';
import { formatBytes, formatNumber, some } from './units.ts';
import { groupVersions } from './version-groups.ts';

/** Lines of a failed command's output: the log above has more. */
const OUTPUT_LINES = 10;

/** The plain lines that a log ends with; no Markdown, no control characters. */
export function renderConsole(report: Report): string[] {
  return [
    `${oneLine(report.plan)}: ${outcomeSentence(report)}`,
    ...(isPlan(report) ? [oneLine(`Digest of this plan: ${report.digest}`)] : []),
    ...titled(report.outcome === 'finished' ? 'Versions:' : 'Planned versions:', versions(report)),
    ...titled('Steps:', planned(report)),
    ...titled(
      'To know before:',
      outlookLines(report).map((line) => oneLine(line)),
    ),
    ...titled('Dumps:', report.dumps.map(dump)),
    ...titled('To look at:', toLookAt(report)),
    ...titled(
      'Notes:',
      report.notes.map((note) => oneLine(note)),
    ),
    ...(report.outage === null && report.outageSeconds === null ? [] : [`The outage ${outageWords(report)}`]),
    // What to do comes last, where the log ends.
    ...(mayNeedRestoring(report) ? restoring(report) : []),
    ...(isTroubled(report) ? trouble(report) : []),
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function versions(report: Report): string[] {
  return groupVersions(report.versions).map(({ package: name, from, to, hosts }) =>
    oneLine(`${name} ${from ?? '(new)'} -> ${to} on ${some(hosts)}`),
  );
}

function planned({ planned: steps }: Report): string[] {
  return steps.flatMap(({ phase, host, title, commands }) => [
    oneLine(`${phase}: ${host}: ${title}`),
    ...commands.flatMap((command) => linesOf(command)).map((line) => `    ${line}`),
  ]);
}

function dump(dump: ReportedDump): string {
  const { name, host, rows, bytes, sha256, stored, hostCopy, encrypted } = dump;
  const places = [
    ...(stored === null
      ? []
      : [`${stored.path ?? `artifact ${stored.name}`}${encrypted ? ' (encrypted)' : ''}`]),
    ...(hostCopy === null ? [] : [`${host}:${hostCopy}`]),
  ];
  return oneLine(
    `${name} (${pointOf(dump)}): ${rows === null ? '' : `${formatNumber(rows)} rows, `}${formatBytes(bytes)}, sha256 ${sha256.slice(0, 12)}; ${places.join(', ')}`,
  );
}

function toLookAt({ settings }: Report): string[] {
  return settings.flatMap(({ host, keptBack, changed, added, gone, diff }) => [
    ...keptBack.map((file) => oneLine(`${host}:${file}: laid beside your edited file`)),
    ...(changed.length + added.length + gone.length === 0
      ? []
      : [
          oneLine(
            `${host}: in /etc ${changed.length} changed, ${added.length} new, ${gone.length} gone: ${diff}`,
          ),
        ]),
  ]);
}

function trouble(report: Report): string[] {
  const { failure, outcome } = report;
  return [
    ...titled(
      outcome === 'cancelled' ? 'Where it was stopped:' : 'What failed:',
      linesOf(failure?.what ?? ''),
    ),
    ...titled(
      'Mistakes:',
      (failure?.mistakes ?? []).map((mistake) => oneLine(formatMistake(mistake))),
    ),
    ...titled('On the host:', linesOf(failure?.host ?? '')),
    ...titled('Command:', linesOf(failure?.command ?? '')),
    ...titled('It printed last:', lastLines(failure?.output ?? '', OUTPUT_LINES)),
    ...titled(
      'State:',
      stateOf(report).flatMap((text) => linesOf(text)),
    ),
    ...titled('What to do next:', linesOf(nextOf(report))),
  ];
}

/**
 * The commands for the dump of each database that a person would restore. Not indented: the end of a here-document
 * must stand at the beginning of its line.
 */
function restoring({ dumps }: Report): string[] {
  const first = byUse(dumps).filter(
    ({ key, point }, index, all) =>
      point === 'before' && all.findIndex((other) => other.key === key) === index,
  );
  return first.flatMap((one) => [
    oneLine(
      `To restore ${one.name} from its dump ${pointOf(one)}, as root on ${one.host}, while all that uses it is down:`,
    ),
    ...(losesCharacters(one.restore)
      ? ['(These hold characters that cannot be shown: take those of the output report.)']
      : []),
    ...commandLines(one.restore),
    '',
  ]);
}
