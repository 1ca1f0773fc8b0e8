import type { Report } from '../domain/report.ts';
import { blocks, list } from './blocks.ts';
import { dumps } from './dumps.ts';
import { code, type Markdown, md } from './markdown.ts';
import { isPlan, OUTCOME_TITLES, outcomeSentence } from './outcome.ts';
import { outlook } from './outlook.ts';
import { planned } from './planned.ts';
import { restoring } from './restoring.ts';
import { schemaOutputs, schemas } from './schemas.ts';
import { services } from './services.ts';
import { settings, settingsFiles } from './settings.ts';
import { fitSections, LONGEST_SUMMARY, type Section, type Weight } from './size-limit.ts';
import { timeline } from './timeline.ts';
import { trouble } from './trouble.ts';
import { versions } from './versions.ts';

export interface SummaryOptions {
  /** The address of the GitHub whose artifacts are linked; `https://github.com` when missing. */
  readonly server?: string;
  /** Bytes that the step's summary has already: the limit is that of the step. */
  readonly taken?: number;
}

/** The job's summary, in GitHub's Markdown: short where all is well, long where it is not. */
export function renderSummary(
  report: Report,
  { server = 'https://github.com', taken = 0 }: SummaryOptions = {},
): string {
  const sections = [
    section('the headline', 'vital', headline(report)),
    section('what failed', 'vital', trouble(report)),
    ...restoring(report),
    section('the times', 'useful', timeline(report)),
    section('the versions', 'useful', versions(report)),
    section('the services', 'useful', services(report)),
    section('the schemas', 'useful', schemas(report)),
    section('what would be met', 'useful', outlook(report)),
    section('the dumps', 'useful', dumps(report, server)),
    section('the settings', 'useful', settings(report)),
    section('the notes', 'useful', notes(report)),
    ...planned(report),
    section('the names of files in /etc', 'extra', settingsFiles(report)),
    section('the output of the schema commands', 'extra', schemaOutputs(report)),
  ];
  return fitSections(sections, LONGEST_SUMMARY - taken);
}

function section(name: string, weight: Weight, body: Markdown): Section {
  return { name, weight, body };
}

function headline(report: Report): Markdown {
  const { plan, outcome, upgrade, digest } = report;
  return blocks(
    md`## ${plan}: ${OUTCOME_TITLES[outcome]}`,
    md`**${outcomeSentence(report)}**`,
    upgrade === null ? null : md`The hosts know this upgrade as ${upgrade}.`,
    isPlan(report)
      ? md`The digest of this plan, which is what an approval binds: ${code(digest ?? '')}`
      : null,
  );
}

function notes({ notes: all }: Report): Markdown {
  return all.length === 0 ? md`` : blocks(md`### Notes`, list(all.map((note) => md`${note}`)));
}
