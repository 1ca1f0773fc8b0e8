import { rowCounts, sessions, writeCounters } from '../commands/postgres.ts';
import { parseCounters, parseRowCounts, parseSessions } from '../commands/postgres-parse.ts';
import type { DatabaseState } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import { appliedSchema } from '../domain/schema-state.ts';
import { askOk } from './ask.ts';
import type { DumpContext } from './dump-context.ts';
import { failedSchemas, readSchemas } from './read-schemas.ts';

/** Milliseconds that a stopped service's last connections may take to go. */
const PATIENCE = 10_000;

/** What a database is like now: counters of writes, rows of its tables, heads of its roles. */
export async function observe(context: DumpContext, target: DatabaseTarget): Promise<DatabaseState> {
  const writes = await readWrites(context, target);
  return { writes, ...(await readContent(context, target)) };
}

/** Reads the counters alone, for a dump that begins right after: whatever is written later shows. */
export async function readWrites(
  { runner }: DumpContext,
  target: DatabaseTarget,
): Promise<DatabaseState['writes']> {
  return parseCounters(await askOk(runner, target.on, writeCounters(target)));
}

/**
 * Reads what takes longer, heads and rows, which nobody changes while a dump runs beside it.
 * @throws UpgradeError when a role's `schema` command fails: what the database is at would not be known
 */
export async function readContent(
  { runner, resolved }: DumpContext,
  target: DatabaseTarget,
): Promise<Pick<DatabaseState, 'heads' | 'rows'>> {
  const [schemas, rows] = await Promise.all([
    readSchemas(runner, resolved, target.roles),
    askOk(runner, target.on, rowCounts(target)),
  ]);
  const failed = failedSchemas(schemas);
  if (failed.length > 0) {
    throw new UpgradeError(failed.join('\n'), {
      host: [...schemas.values()].find(({ ok }) => !ok)?.host ?? null,
      next: 'Make the command answer on the host, or correct it in the plan, and run the same again.',
    });
  }
  const heads = [...schemas].map(([role, { output }]) => [
    role,
    appliedSchema(output, resolved.plan.roles[role] ?? {}),
  ]);
  return { heads: Object.fromEntries(heads), rows: parseRowCounts(rows) };
}

/**
 * Refuses while anybody else is connected: services are not the only writers.
 * @throws UpgradeError naming every session
 */
export async function refuseSessions({ runner }: DumpContext, target: DatabaseTarget): Promise<void> {
  const deadline = runner.clock.now() + PATIENCE;
  for (;;) {
    const found = parseSessions(await askOk(runner, target.on, sessions(target)));
    if (found.length === 0) {
      return;
    }
    if (runner.clock.now() >= deadline) {
      throw new UpgradeError(`${target.on}: somebody is still connected to ${target.name}`, {
        host: target.on,
        command: 'look at pg_stat_activity',
        output: found
          .map(
            ({ pid, user, application, address, state }) =>
              `pid ${pid}: user ${user}, ${application || 'no name'}, from ${address || 'the host itself'}, ${state}`,
          )
          .join('\n'),
        next: `End these sessions (on ${target.on}: select pg_terminate_backend(PID)), keep whoever made them away, and run again.`,
      });
    }
    await runner.clock.sleep(500, runner.signal);
  }
}
