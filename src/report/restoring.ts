import type { Report, ReportedDump, ReportedGlobals } from '../domain/report.ts';
import { blocks, commandFence, details } from './blocks.ts';
import { code, type Markdown, md } from './markdown.ts';
import { isTroubled } from './outcome.ts';
import type { Section } from './size-limit.ts';
import { formatTime } from './units.ts';

/** The commands that restore each dump by hand, a section each, for a run that went wrong. */
export function restoring(report: Report): Section[] {
  if (!mayNeedRestoring(report) || report.dumps.length + report.globals.length === 0) {
    return [];
  }
  const intro = blocks(
    md`### Restoring a database by hand`,
    md`As root on the database's host, while everything that uses the database is down. Needed only where the words above say so, or to go back.`,
  );
  return [
    { name: 'the words about restoring', weight: 'vital', body: intro },
    ...byUse(report.dumps).map(
      (dump): Section => ({ name: 'commands that restore dumps', weight: 'vital', body: commands(dump) }),
    ),
    ...report.globals.map(
      (globals): Section => ({
        name: 'commands that restore roles',
        weight: 'useful',
        body: commandsOfGlobals(globals),
      }),
    ),
  ];
}

/** An upgrade that touched nothing, or is over, has nothing to restore: the commands would only do harm. */
export function mayNeedRestoring(report: Report): boolean {
  return isTroubled(report) && report.outcome !== 'refused' && report.outcome !== 'abandoned';
}

/** The dumps that a person needs first come first: `before`, and of those the newest generation. */
export function byUse(dumps: readonly ReportedDump[]): ReportedDump[] {
  const later = (dump: ReportedDump): number => (dump.point === 'before' ? 0 : 1);
  return dumps.toSorted((a, b) => later(a) - later(b) || (a.key === b.key ? b.generation - a.generation : 0));
}

/** `before`, or `before, generation 2`. */
export function pointOf({ point, generation }: ReportedDump): string {
  return generation === 1 ? point : `${point}, generation ${generation}`;
}

function commands(dump: ReportedDump): Markdown {
  const title = md`Restore ${code(dump.name)} on ${code(dump.host)} from its dump <b>${pointOf(dump)}</b>, taken at ${code(formatTime(dump.takenAt))}`;
  return details(title, commandFence(dump.restore));
}

function commandsOfGlobals({ host, port, takenAt, restore }: ReportedGlobals): Markdown {
  const title = md`Restore the roles and grants of the server on port ${code(String(port))} of ${code(host)}, as they were at ${code(formatTime(takenAt))}`;
  return details(title, commandFence(restore));
}
