import { ConnectionLostError, TransportError, UnreachableError, UpgradeError } from '../domain/errors.ts';
import type { Clock, ExecOptions, ExecResult, Log, Transport } from '../ports.ts';
import type { Command } from '../shell/command.ts';

/** The runner's side of everything that talks to hosts. */
export interface Runner {
  /** In the inventory's order. */
  readonly hosts: ReadonlyMap<string, Transport>;
  readonly log: Log;
  readonly clock: Clock;
  /** Aborted when the run is cancelled: nothing new starts. */
  readonly signal: AbortSignal;
}

/** How long a host that was reached once may be gone, in milliseconds: a reboot, a restart of its network. */
export const ABSENCE = 180_000;

/** How often a command may be cut within ABSENCE before that counts as its failure. */
const CUTS = 20;

/** Lines of a command's output that an error shows. */
const SHOWN_LINES = 30;

/** The way to a host of the inventory. */
function transportOf(runner: Runner, host: string): Transport {
  const transport = runner.hosts.get(host);
  if (transport === undefined) {
    throw new UpgradeError(`no connection was made for ${host}`, { host });
  }
  return transport;
}

/**
 * Runs a command that may be repeated, and repeats it while the connection comes and goes.
 * @throws what the transport throws, once the host has been gone for longer than ABSENCE
 */
export async function ask(
  runner: Runner,
  host: string,
  command: Command,
  options: ExecOptions = {},
): Promise<ExecResult> {
  return await throughLosses(
    runner,
    host,
    (again) => execOnce(runner, host, again ? repeated(command) : command, options),
    command.title,
  );
}

/** A command as it is repeated after its connection was lost. */
export function repeated({ whenRepeated = '', ...command }: Command): Command {
  return { ...command, script: `${whenRepeated}${command.script}` };
}

/**
 * Runs a command once. One that a signal ended was cut: a host that goes down ends its processes while its sshd can
 * still tell of it, and so does whoever kills what only follows a step.
 * @throws ConnectionLostError for that, and what the transport throws
 */
export async function execOnce(
  runner: Runner,
  host: string,
  command: Command,
  options: ExecOptions = {},
): Promise<ExecResult> {
  const result = await transportOf(runner, host).exec(command, { signal: runner.signal, ...options });
  if (result.code === null) {
    throw new ConnectionLostError(`${command.title} was ended by signal ${result.signal ?? 'unknown'}`);
  }
  return result;
}

/** Like `ask`, and anything but exit code 0 is an UpgradeError. Returns standard output. */
export async function askOk(runner: Runner, host: string, command: Command): Promise<string> {
  const result = await ask(runner, host, command);
  if (result.code !== 0) {
    throw commandFailed(host, command.title, result);
  }
  return result.stdout;
}

/**
 * Repeats an action on one host while its connection is lost. A first connection that fails is not repeated.
 * @param action is told whether it was lost before
 * @param title what the action is, for the error
 * @throws what the action throws, once the host has been gone for ABSENCE or CUTS cuts fell within that time
 */
export async function throughLosses<T>(
  runner: Runner,
  host: string,
  action: (again: boolean) => Promise<T>,
  title: string | null = null,
): Promise<T> {
  let cuts: number[] = [];
  for (;;) {
    try {
      return await action(cuts.length > 0);
    } catch (error) {
      const lost = error instanceof ConnectionLostError;
      if (!lost && !(error instanceof UnreachableError && cuts.length > 0)) {
        throw error instanceof TransportError ? error.about(host, title) : error;
      }
      const now = runner.clock.now();
      cuts = lost ? [...cuts.filter((at) => now - at <= ABSENCE), now] : cuts;
      if (now - (cuts.at(-1) ?? 0) > ABSENCE || cuts.length > CUTS) {
        throw error.about(host, title);
      }
      runner.log.info(`${host}: ${error.message}; connecting again`);
      await runner.clock.sleep(lost ? 200 : 2_000, runner.signal);
    }
  }
}

/** The error of a command that ended with anything but 0. */
export function commandFailed(host: string, title: string, result: ExecResult): UpgradeError {
  return new UpgradeError(`${host}: ${title} ended with exit code ${result.code}`, {
    host,
    command: title,
    output: lastLines(`${result.stdout}\n${result.stderr}`),
  });
}

/** The last lines that are not empty. */
export function lastLines(text: string, count: number = SHOWN_LINES): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
