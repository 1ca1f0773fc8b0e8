import type { Report, StepReport } from '../domain/report.ts';
import { blocks, details, table } from './blocks.ts';
import { chart } from './chart.ts';
import { code, type Markdown, md } from './markdown.ts';
import { probed } from './outage.ts';
import { isTroubled } from './outcome.ts';
import { spanOf, turnsOf } from './turns.ts';
import { formatDuration, formatTime } from './units.ts';

/**
 * When what was done: hosts and phases drawn against the time, and a table of the phases as they came. A part of an upgrade that
 * ended well has the table alone: the picture is that of the whole, and the last part shows it.
 */
export function timeline(report: Report): Markdown {
  const { steps, outcome } = report;
  if (steps.length === 0) {
    return md``;
  }
  const rows = turnsOf(steps, steps).map((turn) => row(turn.phase, turn.steps));
  const phases = table(['Phase', 'Began at', 'Took', 'Steps', 'The slowest'], rows);
  const title = md`${formatDuration(spanOf(steps).seconds)} from the first step to the last, by phase`;
  return blocks(
    md`### Times`,
    outcome === 'done' ? null : chart(report),
    isTroubled(report) ? phases : details(title, phases),
    probed(report),
  );
}

function row(phase: string, steps: readonly StepReport[]): Markdown[] {
  const { started, seconds } = spanOf(steps);
  const [slowest] = steps.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return [
    md`${phase}`,
    code(formatTime(started)),
    md`${formatDuration(seconds)}`,
    md`${steps.length}`,
    slowest === undefined
      ? md``
      : md`${code(slowest.id)} on ${slowest.host}, ${formatDuration(lengthOf(slowest))}`,
  ];
}

function lengthOf(step: StepReport): number {
  return spanOf([step]).seconds;
}
