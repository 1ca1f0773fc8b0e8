import type { ProbedCheck, Report } from '../domain/report.ts';
import { blocks, details, table } from './blocks.ts';
import { code, join, type Markdown, md } from './markdown.ts';
import { formatDuration, formatTime, some } from './units.ts';

/** How long the outage was, in a few plain words; by the journal, and as it was seen where somebody asked. */
export function outageWords({ outage, outageSeconds, probe }: Report): string {
  if (outageSeconds === null) {
    return outage === null ? 'is not known' : 'is not over';
  }
  const seen = probe?.seconds ?? null;
  return `was ${formatDuration(outageSeconds)}${seen === null ? '' : ` (${formatDuration(seen)} as the services were seen)`}`;
}

/** What the services answered while it ran: on a click where all of them do as before, else open. */
export function probed({ probe }: Report): Markdown {
  if (probe === null || probe.checks.length === 0) {
    return md``;
  }
  const rows = table(
    ['Service', 'Before', 'First bad answer', 'Good again', 'Away', 'Not asked'],
    probe.checks.map(row),
  );
  const before = probe.checks.filter((check) => check.before === 'bad');
  const after = probe.checks.filter(({ bad, goodAgain }) => bad !== null && goodAgain === null);
  return before.length + after.length === 0
    ? details(md`What the services answered meanwhile, asked every half second`, rows)
    : blocks(
        md`### What the services answered`,
        join(
          [
            md`Asked every half second.`,
            ...named('Not good before', before),
            ...named('Not good at the end', after),
          ],
          ' ',
        ),
        rows,
      );
}

function named(what: string, checks: readonly ProbedCheck[]): Markdown[] {
  const names = checks.map(({ role, host }) => `${role} on ${host}`);
  return names.length === 0 ? [] : [md`${what}: ${some(names)}.`];
}

function row({ host, role, http, before, bad, goodAgain, gaps }: ProbedCheck): Markdown[] {
  return [
    md`${role} on ${host}: ${code(http)}`,
    md`${before}`,
    bad === null ? md`none` : code(formatTime(bad)),
    goodAgain === null ? (bad === null ? md`` : md`**no**`) : code(formatTime(goodAgain)),
    bad === null || goodAgain === null ? md`` : md`${formatDuration((goodAgain - bad) / 1000)}`,
    join(
      gaps.map(({ from, to }) => md`${code(formatTime(from))} to ${code(formatTime(to))}`),
      '<br>',
    ),
  ];
}
