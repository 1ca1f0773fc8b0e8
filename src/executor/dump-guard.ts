import { changedHeads, drift } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import { endedWell } from '../domain/journal.ts';
import type { DumpContext } from './dump-context.ts';
import { generations } from './dump-records.ts';
import { observe, refuseSessions } from './observe-database.ts';

/** The phases before which a database must be as its dump has it. */
export type GuardedPhase = 'install-packages' | 'migrate';

/**
 * Lets nothing touch a database before nobody uses it and it is known to be as its dump has it. Says nothing where
 * the phase has done its work already: then the services may run again.
 * @returns what was written since the dump, in words, so that another one is wanted; or null
 * @throws UpgradeError for sessions, a missing dump, or a schema that somebody else changed
 */
export async function writtenSinceDump(
  context: DumpContext,
  target: DatabaseTarget,
  phase: GuardedPhase,
): Promise<string | null> {
  const begun = statesOf(context, target, phase);
  if (begun.includes('running') || isDone(context, target, phase)) {
    return null;
  }
  await refuseSessions(context, target);
  if (begun.length > 0) {
    return null;
  }
  const record = generations(context.journal, target, 'before').at(-1);
  if (record === undefined) {
    throw new UpgradeError(`${target.on}: ${target.name} has no proved dump of before`, { host: target.on });
  }
  const now = await observe(context, target);
  const found = drift(record.state, now);
  if (found.kind === 'foreign' && statesOf(context, target, 'install-packages').length > 0) {
    // It was as in its dump when apt began. Packages that own their database migrate it in a maintainer script.
    context.runner.log.warning(
      `${target.on}: ${target.name}: ${found.what}: packages changed it while they were installed`,
    );
    return null;
  }
  if (found.kind === 'foreign') {
    throw foreign(target, found.what, changedHeads(record.state, now));
  }
  return found.kind === 'written' ? found.what : null;
}

/** The states of the steps of a phase that have begun and may have changed a database. */
export function statesOf({ journal }: DumpContext, target: DatabaseTarget, phase: GuardedPhase): string[] {
  const prefixes =
    phase === 'migrate' ? target.roles.map((role) => `migrate.${role}.`) : ['install-packages.apt'];
  return journal
    .steps()
    .filter(([, id]) => prefixes.some((prefix) => id.startsWith(prefix)))
    .map(([, , { state }]) => state.kind);
}

/** Has all ended well that the guard of a phase stands before? */
function isDone({ journal, resolved }: DumpContext, target: DatabaseTarget, phase: GuardedPhase): boolean {
  const guarded =
    phase === 'migrate'
      ? target.roles.flatMap((role) =>
          (resolved.plan.roles[role]?.migrate ?? []).map((_, index) => `migrate.${role}.${index}`),
        )
      : Object.values(resolved.hosts)
          .filter(({ packages }) => Object.keys(packages).length > 0)
          .map(() => 'install-packages.apt');
  const ended = journal.steps().filter(([, id, { state }]) => guarded.includes(id) && endedWell(state));
  return ended.length === guarded.length;
}

function foreign(target: DatabaseTarget, what: string, roles: readonly string[]): UpgradeError {
  return new UpgradeError(
    `${target.on}: ${target.name}: ${what}, and no migration of this upgrade has begun`,
    {
      host: target.on,
      command: `the schema commands of ${roles.join(', ')}`,
      state: 'The database was not touched by this run. The services are down.',
      next: 'Find out who changed the schema. Restore the database from its dump, or finish by hand what was begun.',
    },
  );
}
