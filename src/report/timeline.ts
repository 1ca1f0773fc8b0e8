import type { Report, StepReport } from '../domain/report.ts';
import { PHASES } from '../domain/step.ts';
import { blocks, details, table } from './blocks.ts';
import { code, type Markdown, md } from './markdown.ts';
import { formatDuration, formatTime } from './units.ts';

/** How long each phase took and its slowest step. */
export function timeline({ steps }: Report): Markdown {
  const rows = PHASES.flatMap((phase) => {
    const own = steps.filter((step) => step.phase === phase);
    return own.length === 0 ? [] : [row(phase, own)];
  });
  const whole = spanOf(steps);
  return rows.length === 0
    ? md``
    : blocks(
        md`### Times`,
        details(
          md`${formatDuration(whole.seconds)} from the first step to the last, by phase`,
          table(['Phase', 'Began at', 'Took', 'Steps', 'The slowest'], rows),
        ),
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

function spanOf(steps: readonly StepReport[]): { started: number; seconds: number } {
  const started = Math.min(...steps.map((step) => step.started));
  const ended = Math.max(...steps.map((step) => step.ended));
  return { started, seconds: Math.max(ended - started, 0) / 1000 };
}

function lengthOf({ started, ended }: StepReport): number {
  return Math.max(ended - started, 0) / 1000;
}
