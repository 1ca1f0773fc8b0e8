import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectLocal } from '../../src/adapters/local.ts';
import { ROOT } from '../../src/commands/host-library.ts';
import { QUESTION_SECONDS } from '../../src/commands/supervisor.ts';
import { ConnectionLostError } from '../../src/domain/errors.ts';
import type { ExecOptions, ExecResult, Log, Transport } from '../../src/ports.ts';
import type { Command } from '../../src/shell/command.ts';

/** A second of silence shows the same as twenty, and sooner. */
const TICKS: readonly [string, string] = [`QUESTION_TICKS=${QUESTION_SECONDS * 5} `, 'QUESTION_TICKS=5 '];

/**
 * This machine as a host: real bash, real processes, but its lock and journal lie in a folder of the test's own, so
 * that one machine can be several hosts.
 */
export class MovedHost implements Transport {
  readonly host: string;
  readonly root: string;
  /** Every command that was sent, in order. */
  readonly sent: Command[] = [];
  readonly #inner: Transport;
  #cutAfter: number | null = null;

  private constructor(host: string, root: string, log: Log) {
    this.host = host;
    this.root = root;
    this.#inner = connectLocal(host, log);
  }

  static async make(host: string, folder: string, log: Log): Promise<MovedHost> {
    const root = join(folder, host);
    await mkdir(root, { mode: 0o700 });
    return new MovedHost(host, root, log);
  }

  /** Lets the connection of the next command go after so many bytes of its output; what it began goes on. */
  cutNext(bytes: number): void {
    this.#cutAfter = bytes;
  }

  async exec(command: Command, options: ExecOptions = {}): Promise<ExecResult> {
    this.sent.push(command);
    const moved = this.#moved(command);
    const cut = this.#cutAfter;
    this.#cutAfter = null;
    return cut === null ? await this.#inner.exec(moved, options) : await this.#lost(moved, options, cut);
  }

  #moved(command: Command): Command {
    const move = (text: string): string => text.replaceAll(ROOT, this.root).replace(...TICKS);
    return {
      ...command,
      script: move(command.script),
      args: (command.args ?? []).map(move),
      ...(command.input === undefined ? {} : { input: move(command.input) }),
    };
  }

  async #lost(command: Command, options: ExecOptions, bytes: number): Promise<ExecResult> {
    const cable = new AbortController();
    let left = bytes;
    const result = await this.#inner.exec(command, {
      ...options,
      signal: cable.signal,
      onStdout: async (chunk) => {
        await options.onStdout?.(chunk.subarray(0, left));
        left -= chunk.length;
        if (left <= 0) {
          cable.abort(new ConnectionLostError(`${this.host}: the connection was cut`));
        }
      },
    });
    throw new Error(`the command ended before ${bytes} bytes of it had come: ${result.code}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }
}
