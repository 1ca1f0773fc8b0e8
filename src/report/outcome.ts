import type { FailureReport, Outcome, Report } from '../domain/report.ts';
import { outageWords } from './outage.ts';
import { count } from './units.ts';
import { countVersions } from './version-groups.ts';

/** The outcome in one or two words with its sign, for a heading. */
export const OUTCOME_TITLES: Readonly<Record<Outcome, string>> = {
  planned: '📋 dry run',
  unchanged: '✅ nothing to do',
  done: '✅ done',
  finished: '✅ upgraded',
  refused: '🛑 refused',
  abandoned: '❌ abandoned',
  unfinished: '❌ unfinished',
  cancelled: '⚠️ cancelled',
};

/** What happened, in one sentence of plain text. */
export function outcomeSentence(report: Report): string {
  switch (report.outcome) {
    case 'planned':
      return report.upgrade === null
        ? `This is what the upgrade would do: ${plannedWork(report)}. Nothing was changed.`
        : `This is what remains of the unfinished upgrade: ${plannedSteps(report)}. Nothing was changed.`;
    case 'unchanged':
      return 'Everything is at its version already and no migration is pending; nothing was changed.';
    case 'done':
      return `${report.part ?? 'What the limit names'} is done. ${
        report.next === null ? 'The upgrade is not at its end.' : `Next comes ${report.next}.`
      }`;
    case 'finished':
      return `The upgrade is finished and verified: ${doneWork(report)}.`;
    case 'refused':
      return 'The upgrade was refused, and this run changed nothing.';
    case 'abandoned':
      return 'The upgrade failed before the first package was touched; what was stopped runs again.';
    case 'unfinished':
      return `The upgrade failed on its way and is unfinished${stillOut(report)}.`;
    case 'cancelled':
      return `The run was cancelled${stillOut(report)}.`;
  }
}

function stillOut({ outage }: Report): string {
  return outage !== null && outage.ended === null ? '; the outage is not over' : '';
}

function plannedWork(report: Report): string {
  const { packages } = countVersions(report.versions);
  return `${plannedSteps(report)}, ${count(packages, 'package')} to change`;
}

function plannedSteps({ planned }: Report): string {
  const hosts = new Set(planned.map(({ host }) => host)).size;
  return `${count(planned.length, 'step')} on ${count(hosts, 'host')}`;
}

function doneWork(report: Report): string {
  const { packages, hosts } = countVersions(report.versions);
  return `${count(packages, 'package')} changed on ${count(hosts, 'host')}, and the outage ${outageWords(report)}`;
}

/** What state things are in after a run that did not reach its end; what the failure itself says comes first. */
export function stateOf(report: Report): string[] {
  const said = report.failure?.state ?? '';
  return [said, ...(said !== '' && report.outcome === 'refused' ? [] : [stateAfter(report)])].filter(
    (text) => text !== '',
  );
}

function stateAfter({ outcome, upgrade, steps }: Report): string {
  const it = upgrade === null ? 'The upgrade' : `The upgrade ${upgrade}`;
  switch (outcome) {
    case 'refused':
      return 'This run changed nothing.';
    case 'abandoned':
      return `${it} is over: no package and no row was touched, and what was stopped was started again.`;
    case 'unfinished':
      return `${it} is unfinished, and the hosts remember what was done. ${
        steps.some(({ phase }) => phase === 'start-services')
          ? 'It came as far as starting the services again.'
          : 'What was stopped stays stopped until it goes on.'
      }`;
    case 'cancelled':
      return upgrade === null
        ? 'No upgrade was begun by this run.'
        : `${it} is unfinished, and the hosts remember what was done. A cancelled run starts nothing: what was stopped stays stopped.`;
    default:
      return '';
  }
}

/** What to do after a run that did not reach its end. */
export function nextOf({ outcome, failure }: Report): string {
  const said = failure?.next ?? '';
  return said !== '' ? said : nextAfter(outcome);
}

function nextAfter(outcome: Outcome): string {
  switch (outcome) {
    case 'refused':
    case 'abandoned':
      return 'Mend what is named above, and run the same again: it begins anew.';
    case 'unfinished':
      return 'Mend what is named above, and run the same again: it goes on where this run stopped.';
    case 'cancelled':
      return 'Run the same again: it goes on where this run stopped.';
    default:
      return '';
  }
}

/** What failed, with the state and the advice that the outcome adds where the failure itself says nothing. */
export function toldFailure(report: Report): FailureReport | null {
  return report.failure && { ...report.failure, state: stateOf(report).join(' '), next: nextOf(report) };
}

/** Did the run end on its way, so that a person has to do something? */
export function isTroubled({ outcome, failure }: Report): boolean {
  return failure !== null || !['planned', 'unchanged', 'done', 'finished'].includes(outcome);
}

/** Does the report show something that can be approved? */
export function isPlan({ outcome, digest }: Report): boolean {
  return digest !== null && (outcome === 'planned' || outcome === 'unchanged');
}
