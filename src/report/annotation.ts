import { formatMistake } from '../domain/errors.ts';
import type { FailureReport } from '../domain/report.ts';
import { lastLines, linesOf, oneLine } from './plain-text.ts';

/** Lines of output, and mistakes, that an annotation shows: it is a few lines on the run's page. */
const SHOWN = 5;

/** The one annotation of a run that failed. Plain text; the log makes it harmless for workflow commands. */
export function annotationText(failure: FailureReport): { title: string; text: string } {
  const [what = 'The upgrade failed', ...besides] = linesOf(failure.what, 300);
  const title = oneLine(what, 120);
  const lines = [
    // The title is shown above the text; only what it had no room for is said again.
    ...(title === oneLine(what) ? [] : [what]),
    ...limited(besides),
    ...limited(failure.mistakes.map((mistake) => oneLine(formatMistake(mistake)))),
    ...labelled('Host', failure.host),
    ...labelled('Command', failure.command),
    ...output(failure.output),
    ...labelled('State', failure.state),
    ...labelled('Next', failure.next),
  ];
  return { title, text: (lines.length === 0 ? [what] : lines).join('\n') };
}

function labelled(label: string, value: string | null): string[] {
  const line = oneLine(value ?? '', 600);
  return line === '' ? [] : [`${label}: ${line}`];
}

function output(text: string): string[] {
  const lines = lastLines(text, SHOWN, 300).map((line) => `  ${line}`);
  return lines.length === 0 ? [] : ['Last output:', ...lines];
}

function limited(lines: readonly string[]): string[] {
  const rest = lines.length - SHOWN;
  return rest > 1 ? [...lines.slice(0, SHOWN), `... and ${rest} more`] : [...lines];
}
