import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DumpTrailer, parseTrailer } from '../commands/dump.ts';
import { streamStep } from '../commands/step.ts';
import type { DumpRecord } from '../domain/dump.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { DatabaseTarget } from '../domain/inventory.ts';
import type { Content, ReceivedDump } from '../ports.ts';
import type { Command } from '../shell/command.ts';
import { commandFailed, execOnce, repeated, throughLosses } from './ask.ts';
import type { DumpContext, DumpSettings } from './dump-context.ts';
import { describeProgress, noRoom } from './dump-words.ts';

/** One dump as it travels. */
export interface DumpStreaming {
  readonly id: string;
  readonly title: string;
  readonly command: Command;
  /** Where the command keeps a copy on the host, if there is room; null for nowhere. */
  readonly keep: string | null;
  readonly file: string;
  readonly expected: number;
}

/** What is known of a dump that was proved and stored. */
export type TakenDump = Pick<DumpRecord, 'sha256' | 'bytes' | 'hostCopy' | 'stored' | 'encrypted'>;

/** Streams a dump to the runner, compares the hashes of both ends, and stores the file. */
export async function streamDump(
  context: DumpContext,
  target: DatabaseTarget,
  what: DumpStreaming,
): Promise<TakenDump> {
  const { runner, settings, journal } = context;
  const started = runner.clock.now();
  const { finished, proof } = await throughLosses(
    runner,
    target.on,
    (again) => receive(context, target, what, again),
    what.title,
  );
  refuseDifference(target, what.title, proof, finished.plain);
  runner.log.info(`${target.on}: ${what.title}: all of it is here; storing it`);
  const stored = await settings.store
    .put(finished.file, basename(finished.file))
    .catch((error: unknown) => {
      throw notStored(target, what.title, error);
    })
    .finally(() => rm(finished.file, { force: true }));
  if (stored.sha256 !== finished.stored.sha256) {
    throw new UpgradeError(
      `${what.title}: the copy ${stored.name} is not what was sent: SHA-256 ${stored.sha256} instead of ${finished.stored.sha256}`,
    );
  }
  runner.log.info(
    `${target.on}: ${what.title}: proved; ${proof.bytes} bytes, SHA-256 ${proof.sha256.slice(0, 12)}, kept as ${stored.name}`,
  );
  const offset = context.facts.get(target.on)?.clockOffset ?? 0;
  const state = {
    kind: 'ended' as const,
    rc: 0,
    started: started + offset,
    ended: runner.clock.now() + offset,
  };
  journal.ended(target.on, what.id, { state });
  if (!proof.kept && what.keep !== null) {
    runner.log.warning(noRoom(target, what.title, proof));
  }
  return {
    sha256: proof.sha256,
    bytes: proof.bytes,
    hostCopy: proof.kept ? what.keep : null,
    stored,
    encrypted: settings.recipients.length > 0,
  };
}

async function receive(
  context: DumpContext,
  target: DatabaseTarget,
  what: DumpStreaming,
  again: boolean,
): Promise<{ finished: ReceivedDump; proof: DumpTrailer }> {
  const { runner, settings, journal } = context;
  // Unique in every try: an upload that was cut keeps its artifact's name for ever.
  const file = join(
    settings.folder,
    `${what.file.replace(/\.(dump|sql)$/, '')}.${randomBytes(4).toString('hex')}${ending(what.file, settings)}`,
  );
  await using receiver = await settings.receive(file, {
    expectedBytes: what.expected,
    onProgress: (progress) => runner.log.info(`${target.on}: ${what.title}: ${describeProgress(progress)}`),
  });
  const { script } = again ? repeated(what.command) : what.command;
  const command = streamStep(what.id, what.title, script, journal.tenure(target.on));
  const result = await execOnce(runner, target.on, command, {
    onStdout: (chunk) => receiver.write(chunk),
  });
  const proof = parseTrailer(result.stderr);
  if (result.code !== 0 || proof === null) {
    throw commandFailed(target.on, what.title, result);
  }
  return { finished: await receiver.finish(), proof };
}

/** The store knows neither host nor database. */
function notStored({ on }: DatabaseTarget, title: string, cause: unknown): UpgradeError {
  return new UpgradeError(
    `${on}: ${title}: no copy of it could be stored where it outlives the runner`,
    {
      host: on,
      command: title,
      output: cause instanceof UpgradeError ? cause.details.output : '',
      next: 'See that the place for dumps takes them (the artifact service, or the folder), and run the same again.',
    },
    { cause },
  );
}

function ending(file: string, { recipients }: DumpSettings): string {
  return `${file.slice(file.lastIndexOf('.'))}${recipients.length > 0 ? '.age' : ''}`;
}

function refuseDifference(
  target: DatabaseTarget,
  title: string,
  proof: DumpTrailer,
  received: Content,
): void {
  if (proof.sha256 !== received.sha256 || proof.bytes !== received.bytes) {
    throw new UpgradeError(
      `${target.on}: ${title}: ${proof.bytes} bytes with SHA-256 ${proof.sha256} were sent, and ${received.bytes} bytes with ${received.sha256} arrived`,
      { host: target.on, command: title },
    );
  }
}
