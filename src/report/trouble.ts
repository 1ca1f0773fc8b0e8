import type { FailureReport, Outcome, Report } from '../domain/report.ts';
import { blocks, fence, list } from './blocks.ts';
import { code, join, type Markdown, md, prose } from './markdown.ts';
import { isTroubled, nextOf, stateOf } from './outcome.ts';
import { linesOf } from './plain-text.ts';
import { some } from './units.ts';

/** Lines of a failed command's output that are shown. */
const OUTPUT_LINES = 40;
/** Lines of any of the other texts: what failed, the state, what to do next. */
const TEXT_LINES = 40;

const TITLES: Partial<Record<Outcome, string>> = { refused: 'Why', cancelled: 'Where it was stopped' };

/** What failed, where it stopped, what state things are in and what to do; empty when all went well. */
export function trouble(report: Report): Markdown {
  return isTroubled(report)
    ? blocks(
        report.failure === null ? null : whatFailed(report.failure, report.outcome),
        md`### Where things stand`,
        ...stateOf(report).map(paragraph),
        services(report),
        md`### What to do next`,
        paragraph(nextOf(report)),
      )
    : md``;
}

function whatFailed(failure: FailureReport, outcome: Outcome): Markdown {
  const { what, mistakes, host, command, output } = failure;
  const places = [
    ...(host === null ? [] : [md`Host: ${code(host)}`]),
    ...(command === null ? [] : [md`Command: ${code(command)}`]),
  ];
  const lines = fence(output, { most: OUTPUT_LINES, keep: 'last' });
  return blocks(
    md`### ${TITLES[outcome] ?? 'What failed'}`,
    paragraph(what),
    list(mistakes.map(mistake)),
    list(places),
    lines.text === '' ? null : md`It printed last:`,
    lines,
  );
}

function mistake({ file, line, column, path, message }: FailureReport['mistakes'][number]): Markdown {
  const key = path === '' ? md`` : md` ${code(path)}`;
  return md`${code(`${file}:${line}:${column}`)}${key}: ${message}`;
}

/** Text line by line; a line that is indented is a command or a part of a listing. */
function paragraph(text: string): Markdown {
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  const shown = lines.slice(0, TEXT_LINES).map((line) => (/^\s{2}/.test(line) ? code(line) : prose(line)));
  const rest = lines.length - shown.length;
  return join(rest > 0 ? [...shown, md`... and ${rest} more lines`] : shown, '<br>\n');
}

/** A run that failed has not always looked at the services again: what is not known is not claimed. */
function services({ services, outcome }: Report): Markdown | null {
  const ran = services.filter(({ before, after }) => before === 'running' && after !== 'running');
  if (ran.length === 0 || outcome === 'refused' || outcome === 'abandoned') {
    return null;
  }
  const names = some(ran.map(({ name, host }) => `${name} on ${host}`));
  const unknown = ran.some(({ after }) => after === 'unknown');
  return unknown
    ? md`Before the upgrade these services ran; whether they run now was not looked at: ${names}.`
    : md`Before the upgrade these services ran, and they are down now: ${names}.`;
}
