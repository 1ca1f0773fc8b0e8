import { LookOnlyError, SudoError, UnreachableError } from '../domain/errors.ts';
import type { ExecOptions, ExecResult } from '../ports.ts';
import type { Command } from '../shell/command.ts';
import { LOOK_PROGRAM, type Wire } from '../shell/wire.ts';
import { CollectedStdout, StderrTail } from './collected-output.ts';
import { MarkerGate } from './marker-gate.ts';
import { pump } from './pump.ts';
import type { Exit, Running } from './running.ts';
import { boundsOf } from './waiting.ts';

/**
 * How long a process that is over may leave its outputs open in silence, in milliseconds: a daemon that it started
 * can hold them for ever. Where somebody takes the output as a stream its end is waited for.
 */
const SILENCE_AFTER_EXIT = 10_000;

/**
 * Sends a command to a waiting bash and brings home what it prints and how it ends.
 * @throws SudoError, LookOnlyError, UnreachableError when it never started; ConnectionLostError, TimeLimitError, the signal's
 *   reason, or what a taker of output threw, when it may have run
 */
export async function converse(
  running: Running,
  wire: Wire,
  command: Command,
  options: ExecOptions,
): Promise<ExecResult> {
  const bounds = boundsOf(options, running.host, command.title);
  try {
    return await Promise.race([bounds.broken, dialogue(running, wire, command, options)]);
  } catch (error) {
    running.abandon();
    throw error;
  } finally {
    bounds.clear();
  }
}

async function dialogue(
  running: Running,
  wire: Wire,
  command: Command,
  options: ExecOptions,
): Promise<ExecResult> {
  const gates = { stdout: new MarkerGate(wire.marker), stderr: new MarkerGate(wire.marker) };
  const stdout = new CollectedStdout(running.host, command.title);
  const stderr = new StderrTail();
  const stirred = { at: performance.now() };
  const outputs = Promise.all([
    pump(running.stdout, (chunk) => {
      stirred.at = performance.now();
      const part = gates.stdout.pass(chunk);
      if (!options.onStdout || part.length === 0) {
        return stdout.take(part);
      }
      running.streamed?.();
      return options.onStdout(part);
    }),
    pump(running.stderr, (chunk) => {
      stirred.at = performance.now();
      const part = gates.stderr.pass(chunk);
      if (part.length > 0) {
        stderr.take(part);
        options.onStderr?.(part);
      }
    }),
  ]);
  send(running, wire.bytes);
  const exit = await ending(running, outputs, options.onStdout ? null : stirred);
  if (!gates.stdout.open) {
    throw neverStarted(running, exit, [gates.stdout.chatter, gates.stderr.chatter]);
  }
  return { ...exit, stdout: stdout.text(), stderr: stderr.text() };
}

function send(running: Running, bytes: Buffer): void {
  // A bash that is gone reads no more (EPIPE): why it went is told by its end, which is waited for anyway.
  running.stdin.on('error', () => undefined);
  running.stdin.end(bytes);
}

async function ending(
  running: Running,
  outputs: Promise<unknown>,
  stirred: { readonly at: number } | null,
): Promise<Exit> {
  const whole = Promise.all([outputs, running.closed]);
  const exit = await Promise.race([running.exited, whole.then(() => running.exited)]);
  const silence = stirred && silenceSince(stirred);
  try {
    const held = await Promise.race([whole.then(() => false), ...(silence ? [silence.promise] : [])]);
    if (held) {
      running.abandon();
    }
  } finally {
    silence?.clear();
  }
  return exit;
}

function silenceSince(stirred: { readonly at: number }): { promise: Promise<true>; clear(): void } {
  const { promise, resolve } = Promise.withResolvers<true>();
  const from = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - Math.max(from, stirred.at) >= SILENCE_AFTER_EXIT) {
      resolve(true);
    }
  }, 500);
  return { promise, clear: () => clearInterval(timer) };
}

function neverStarted(running: Running, exit: Exit, chatter: readonly string[]): Error {
  const words = chatter.join('\n').trim() || `exit code ${exit.code}, no word why`;
  const { host, sudoer } = running;
  const refusal = words.split(`${LOOK_PROGRAM}: `)[1];
  if (refusal !== undefined) {
    return new LookOnlyError(`${host}: nothing was done: ${refusal}`);
  }
  if (sudoer !== null && /sudo/.test(words)) {
    return new SudoError(
      `${host}: ${sudoer} cannot become root without a password (sudo said: ${words}). ` +
        `Put this line into /etc/sudoers.d/${sudoer.replace(/[^A-Za-z0-9_-]/g, '-')} on the host: ${sudoer} ALL=(root) NOPASSWD: ALL ` +
        // Nothing that sudo says tells one key from the other.
        `(or, where the key is bound to looking, the line that docs/look-only-key.md has instead)`,
    );
  }
  return new UnreachableError(`${host}: the login works, but no command can be run there: ${words}`);
}
