import type { OutageReport, ProbedCheck, Report, StepReport } from '../domain/report.ts';
import { blocks } from './blocks.ts';
import { type Bar, type BarGroup, gantt } from './gantt.ts';
import { type Markdown, md } from './markdown.ts';
import { spanOf, type Turn, turnsOf } from './turns.ts';
import { count, formatDuration } from './units.ts';

/** Bars of a chart: more are no picture, and GitHub draws no chart of more than 50,000 characters. */
const MOST_BARS = 150;
/** Bars of services as they were seen, beside the one of the whole outage. */
const MOST_SEEN = 12;
/** A step that took at least this part of the whole has a bar of its own. */
const LONG = 1 / 8;

/** Hosts and phases against the time, with the outage above them. */
export function chart({ steps, services, outage, probe }: Report): Markdown {
  if (steps.length === 0) {
    return md``;
  }
  const whole = spanOf(steps);
  // As the inventory has them: the services are in that order, a host without any comes last.
  const order = [...services, ...steps].map(({ host }) => host);
  const byHost = [...Map.groupBy(steps, ({ host }) => host)];
  const hosts = byHost
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, own]) => ({
      name,
      bars: turnsOf(own, steps).flatMap((turn) => barsOf(turn, whole.seconds)),
      failed: own.some(({ rc }) => rc !== 0),
    }));
  const shown = withinLimit(hosts);
  const rest = hosts.length - shown.length;
  return blocks(
    gantt([...(outage === null ? [] : [outageBars(outage, probe, whole.ended)]), ...shown]),
    md`By the runner's clock, in UTC. A bar is what the host did in a phase, a failure is red.`,
    rest > 0
      ? md`${count(rest, 'more host')} had no room in the picture; the output \`report\` has their times.`
      : null,
  );
}

function outageBars({ began, ended }: OutageReport, probe: Report['probe'], last: number): BarGroup {
  const to = ended ?? Math.max(last, began);
  const length = formatDuration((to - began) / 1000);
  const label = ended === null ? `not over after ${length}` : `first stop to last good answer, ${length}`;
  const seen = (probe?.checks ?? []).flatMap((check) => seenBar(check, last));
  return { name: 'outage', bars: [{ label, from: began, to, kind: 'bad' }, ...seen.slice(0, MOST_SEEN)] };
}

/** When one service gave no good answer. */
function seenBar({ host, role, bad, goodAgain }: ProbedCheck, last: number): Bar[] {
  if (bad === null) {
    return [];
  }
  const to = Math.max(goodAgain ?? last, bad);
  const words = goodAgain === null ? 'not back after' : 'away for';
  return [
    {
      label: `seen ${role} on ${host} ${words} ${formatDuration((to - bad) / 1000)}`,
      from: bad,
      to,
      kind: goodAgain === null ? 'bad' : 'part',
    },
  ];
}

/** One bar a turn; below it those of its steps that took long, where it had more than one. */
function barsOf({ phase, steps }: Turn, whole: number): Bar[] {
  const long = steps.filter((step) => steps.length > 1 && spanOf([step]).seconds >= whole * LONG);
  return [bar(phase, steps, 'usual'), ...long.map((step) => bar(`step ${step.id}`, [step], 'part'))];
}

function bar(name: string, steps: readonly StepReport[], kind: Bar['kind']): Bar {
  const { started, ended, seconds } = spanOf(steps);
  const failed = steps.some(({ rc }) => rc !== 0);
  return {
    label: `${name}, ${failed ? 'failed after ' : ''}${formatDuration(seconds)}`,
    from: started,
    to: ended,
    kind: failed ? 'bad' : kind,
  };
}

/** The hosts whose bars have room: those on which something failed, then the first ones; in their own order. */
function withinLimit<T extends BarGroup & { failed: boolean }>(hosts: readonly T[]): T[] {
  const kept = new Set<T>();
  let bars = 0;
  for (const host of hosts.toSorted((a, b) => Number(b.failed) - Number(a.failed))) {
    if (kept.size === 0 || bars + host.bars.length <= MOST_BARS) {
      kept.add(host);
      bars += host.bars.length;
    }
  }
  return hosts.filter((host) => kept.has(host));
}
