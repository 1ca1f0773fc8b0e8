import { databasesOf } from '../domain/inventory.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import { withinScope } from '../domain/scope.ts';
import { Journal } from '../executor/journal.ts';
import { remaining } from '../executor/remaining.ts';
import { refuseAmendedPast } from './amended-past.ts';
import { brokenSteps } from './broken-steps.ts';
import { type UpgradeContext, workOf } from './context.ts';
import type { Findings } from './findings.ts';
import type { Seen } from './open-upgrade.ts';
import { refuseWords } from './refuse-words.ts';
import { waitingSteps } from './resolve-steps.ts';
import { withFiles } from './show-files.ts';
import { partsAt, stagesOf } from './upgrade.ts';

/**
 * Shows what a run would do now, as far as the hosts' journals tell. Runs nothing on them, but reads what is in the
 * place of files: a run itself looks besides whether what was done still holds, and whether a database was restored
 * meanwhile.
 */
export async function showPlan(
  context: UpgradeContext,
  findings: Findings,
  resolved: ResolvedPlan,
  seen: Seen | null,
): Promise<void> {
  const { runner, turn, scope } = context;
  const noLock = { id: '', epochs: new Map<string, number>() };
  const journal = new Journal(runner, noLock, seen?.upgrade ?? 'UPGRADE', seen?.journals ?? new Map());
  const { dumps, parts, stages } = workOf(context, findings, resolved, journal);
  if (seen !== null) {
    refuseAmendedPast(journal, seen.plan, resolved);
    const dumped = databasesOf(resolved.plan, resolved.inventory).filter((target) => dumps.first(target));
    for (const { step, target } of brokenSteps(journal, stages, dumped)) {
      findings.note(
        `${step.host}: ${step.title} was begun and did not end well: before the upgrade can go on, ${target.name} on ${target.on} must be as its dump of before has it, from which it is to be restored`,
      );
    }
    for (const { host, title } of waitingSteps(journal, stages)) {
      findings.note(
        `${host}: ${title} was begun and did not end well: before the upgrade can go on, a person has to say what became of it (the input resolve)`,
      );
    }
  }
  refuseWords(journal, stages, context);
  const shown = withinScope(stagesOf(partsAt(parts, turn)), scope);
  findings.plan(await withFiles(runner, resolved, remaining(journal, shown), context.showsFiles));
  findings.end('planned');
}
