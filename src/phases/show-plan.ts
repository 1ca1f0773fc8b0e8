import type { ResolvedPlan } from '../domain/resolved.ts';
import { withinScope } from '../domain/scope.ts';
import { Executor } from '../executor/executor.ts';
import { Journal } from '../executor/journal.ts';
import { refuseAmendedPast } from './amended-past.ts';
import { type UpgradeContext, workOf } from './context.ts';
import type { Findings } from './findings.ts';
import type { Seen } from './open-upgrade.ts';
import { waitingSteps } from './resolve-steps.ts';
import { byHost, settleDatabases } from './settle-databases.ts';
import { partsAt, stagesOf } from './upgrade.ts';

/** Shows what a run would do now, as far as the hosts' journals and a look at them tell. Changes nothing. */
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
    const { undone, broken } = await settleDatabases(journal, dumps, resolved, stages);
    for (const [host, steps] of byHost(undone)) {
      journal.overlook(host, steps);
    }
    for (const { step, target } of broken) {
      findings.note(
        `${step.host}: ${step.title} was begun and did not end well: before the upgrade can go on, ${target.name} on ${target.on} must be restored from its dump of before`,
      );
    }
    for (const { host, title } of waitingSteps(journal, stages)) {
      findings.note(
        `${host}: ${title} was begun and did not end well: before the upgrade can go on, a person has to say what became of it (the input resolve)`,
      );
    }
  }
  const shown = withinScope(stagesOf(partsAt(parts, turn)), scope);
  findings.plan(await new Executor(runner, journal).remaining(shown));
  findings.end('planned');
}
