import type { PlannedStep, Report } from '../domain/report.ts';
import { blocks, details, fence } from './blocks.ts';
import { type Markdown, md, strong } from './markdown.ts';
import { oneLine } from './plain-text.ts';
import type { Section } from './size-limit.ts';
import { count, some } from './units.ts';

/**
 * What would be done, phase by phase, a section each; hosts on which the same would be done share their lines. A
 * phase may come more than once: databases are dumped before the migrations and after them.
 */
export function planned({ planned: steps }: Report): Section[] {
  const sections = turnsOf(steps).map(
    (own, index): Section => ({
      name: `the commands of ${own[0]?.phase}`,
      weight: 'useful',
      body: turn(index + 1, own),
    }),
  );
  const intro = blocks(
    md`### What would be done`,
    md`One after the other; in each, one stage after the other; in a stage, all hosts at once.`,
  );
  return sections.length === 0
    ? []
    : [{ name: 'the words about what would be done', weight: 'useful', body: intro }, ...sections];
}

/** Steps of one phase that follow each other. */
function turnsOf(steps: readonly PlannedStep[]): PlannedStep[][] {
  const turns: PlannedStep[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (last?.[0]?.phase === step.phase) {
      last.push(step);
    } else {
      turns.push([step]);
    }
  }
  return turns;
}

function turn(number: number, steps: readonly PlannedStep[]): Markdown {
  const hosts = new Set(steps.map(({ host }) => host)).size;
  const stages = Map.groupBy(steps, ({ stage }) => stage);
  return details(
    md`${number}. <b>${steps[0]?.phase ?? ''}</b>: ${count(steps.length, 'step')} on ${count(hosts, 'host')}`,
    ...[...stages].flatMap(([stage, own]) => [strong(stage), ...onHosts(own)]),
  );
}

function onHosts(steps: readonly PlannedStep[]): Markdown[] {
  const byHost = [...Map.groupBy(steps, ({ host }) => host)].map(([host, own]) => ({
    host,
    text: commandsOf(own),
  }));
  return [...Map.groupBy(byHost, ({ text }) => text)].flatMap(([text, group]) => [
    md`On ${some(
      group.map(({ host }) => host),
      12,
    )}:`,
    fence(text, { language: 'sh', most: 500 }),
  ]);
}

function commandsOf(steps: readonly PlannedStep[]): string {
  return steps.map(({ title, commands }) => [`# ${oneLine(title)}`, ...commands].join('\n')).join('\n\n');
}
