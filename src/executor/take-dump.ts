import { dumpStream, globalsStream } from '../commands/dump.ts';
import { upgradeFolder } from '../commands/host-library.ts';
import type { DumpRecord, GlobalsRecord } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { DatabaseShape } from '../domain/facts.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import { dumpEstimate } from '../domain/outlook.ts';
import type { DumpPoint } from '../domain/plan.ts';
import type { DumpContext } from './dump-context.ts';
import { readContent, readWrites } from './observe-database.ts';
import { streamDump } from './stream-dump.ts';

/** Dumps one database, proves the dump and stores it. Only a dump that lasts gets a record. */
export async function takeDump(
  context: DumpContext,
  target: DatabaseTarget,
  point: DumpPoint,
  generation: number,
): Promise<DumpRecord> {
  const { runner, journal } = context;
  const name = `${target.key}.${point}${generation === 1 ? '' : `.${generation}`}`;
  const keep = `${upgradeFolder(journal.upgrade)}/dumps/${name}.dump`;
  const writes = await readWrites(context, target);
  const streaming = streamDump(context, target, {
    id: `backup-db.${name}`,
    title: `dump ${target.name} (${point})`,
    command: dumpStream(target, keep),
    keep,
    file: `${journal.upgrade}.${name}.dump`,
    expected: expectedSize(context, target),
  });
  // Both are waited for, whichever fails: nothing of this may go on behind the next step's back.
  const [taken, content] = await bothEnd(streaming, readContent(context, target));
  return {
    key: target.key,
    name: target.name,
    host: target.on,
    port: target.port,
    point,
    generation,
    shape: shapeOf(context, target),
    ...taken,
    takenAt: runner.clock.now(),
    state: { writes, ...content },
  };
}

/** Dumps one database of a running stack, proves the dump and stores it. Its host keeps neither copy nor record. */
export async function takeAdhoc(
  context: DumpContext,
  target: DatabaseTarget,
): Promise<Omit<DumpRecord, 'state'>> {
  const { runner, journal } = context;
  const taken = await streamDump(context, target, {
    id: `backup-db.${target.key}.adhoc`,
    title: `dump ${target.name} (adhoc)`,
    command: dumpStream(target, null),
    keep: null,
    file: `${journal.upgrade}.${target.key}.dump`,
    expected: expectedSize(context, target),
  });
  const { key, name, on: host, port } = target;
  const about = { key, name, host, port, point: 'adhoc', generation: 1 } as const;
  return { ...about, shape: shapeOf(context, target), ...taken, takenAt: runner.clock.now() };
}

/**
 * Dumps the roles and grants of a server. They hold hashes of passwords, so they are kept like a dump.
 * @param point `adhoc`: its host keeps no copy
 */
export async function takeGlobals(
  context: DumpContext,
  target: DatabaseTarget,
  point: 'before' | 'adhoc' = 'before',
): Promise<GlobalsRecord> {
  const { runner, journal } = context;
  const { on, port } = target;
  const file = `${upgradeFolder(journal.upgrade)}/dumps/globals.${port}.sql`;
  const keep = point === 'adhoc' ? null : file;
  const taken = await streamDump(context, target, {
    id: `backup-db.globals.${port}`,
    title: `dump the roles and grants of the server on port ${port}`,
    command: globalsStream(port, keep),
    keep,
    file: `${journal.upgrade}.${on}.globals.${port}.sql`,
    expected: 0,
  });
  return { host: on, port, point, ...taken, takenAt: runner.clock.now() };
}

/** @throws the first one's error, or the second one's */
async function bothEnd<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

function expectedSize({ facts }: DumpContext, target: DatabaseTarget): number {
  return dumpEstimate(facts.get(target.on)?.databases[target.key]?.sizeBytes ?? 0);
}

/** @throws UpgradeError when the server did not say how the database was created: it could not be restored alike */
function shapeOf({ facts }: DumpContext, target: DatabaseTarget): DatabaseShape {
  const shape = facts.get(target.on)?.databases[target.key]?.shape ?? null;
  if (shape === null) {
    throw new UpgradeError(`${target.on}: nothing is known about how ${target.name} was created`, {
      host: target.on,
    });
  }
  return shape;
}
