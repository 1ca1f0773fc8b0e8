import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../domain/errors.ts';
import type { ExecOptions, ExecResult, Transport } from '../ports.ts';
import type { Command } from '../shell/command.ts';
import { encode, loginLine, type Wire } from '../shell/wire.ts';
import { converse } from './converse.ts';
import { readCredentials } from './credentials.ts';
import { KnownHosts } from './known-hosts.ts';
import { maskSecrets } from './mask-secrets.ts';
import { Slots } from './slots.ts';
import { sshChannel } from './ssh-channel.ts';
import { ChannelRefusedError, type SshConnection } from './ssh-connection.ts';
import { type Dialling, dial } from './ssh-dial.ts';
import { type SshAuth, type SshOptions, type SshTarget, whereIs } from './ssh-target.ts';

/** Refusals of a channel in a row (50 ms, 100 ms, ... between them) before the host is given up. */
const REFUSALS = 8;

/**
 * A transport over one SSH connection, made at the first `exec` and again after a loss. A lost command is never
 * repeated here: whether it may be is for the caller to know.
 * @throws ConfigurationError when the key or known_hosts cannot be read
 */
export function connectSsh(target: SshTarget, auth: SshAuth, options: SshOptions): Transport {
  const credentials = readCredentials(auth, options.log);
  return new SshTransport(target, { credentials, knownHosts: new KnownHosts(options.knownHosts), options });
}

class SshTransport implements Transport {
  readonly #target: SshTarget;
  readonly #dialling: Dialling;
  readonly #slots: Slots;
  readonly #line: string;
  #connection: Promise<SshConnection> | undefined;
  #disposed = false;

  constructor(target: SshTarget, dialling: Dialling) {
    this.#target = target;
    this.#dialling = dialling;
    this.#slots = new Slots(dialling.options.maxChannels ?? 8);
    this.#line = loginLine(target.user !== 'root');
  }

  get host(): string {
    return this.#target.name;
  }

  async exec(command: Command, options: ExecOptions = {}): Promise<ExecResult> {
    maskSecrets(command, this.#dialling.options.log);
    if (options.spare) {
      return await this.#onSpare(command, options);
    }
    const wire = encode(command);
    for (let refused = 0; ; refused += 1) {
      const release = await this.#slots.take(options.signal);
      try {
        return await this.#once(wire, command, options);
      } catch (error) {
        if (!(error instanceof ChannelRefusedError)) {
          throw error;
        }
        await this.#makeRoom(refused, error);
      } finally {
        release();
      }
      await sleep(50 * 2 ** refused);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const connection = await this.#connection?.catch(() => undefined);
    connection?.end();
  }

  async #once(wire: Wire, command: Command, options: ExecOptions): Promise<ExecResult> {
    return await this.#on(await this.#connected(), wire, command, options);
  }

  /** On a live connection's spare channel, or not at all. */
  async #onSpare(command: Command, options: ExecOptions): Promise<ExecResult> {
    const connection = await this.#connection?.catch(() => undefined);
    const cut = new AbortController();
    const none = new UnreachableError(`${whereIs(this.#target)} has no channel to spare`);
    const release = connection?.alive ? this.#slots.takeSpare(() => cut.abort(none)) : null;
    if (!connection || release === null) {
      throw none;
    }
    const signal = AbortSignal.any([cut.signal, ...(options.signal ? [options.signal] : [])]);
    try {
      return await this.#on(connection, encode(command), command, { ...options, signal });
    } catch (error) {
      if (!(error instanceof ChannelRefusedError)) {
        throw error;
      }
      this.#slots.narrow();
      throw none;
    } finally {
      release();
    }
  }

  async #on(
    connection: SshConnection,
    wire: Wire,
    command: Command,
    options: ExecOptions,
  ): Promise<ExecResult> {
    options.signal?.throwIfAborted();
    const sudoer = this.#target.user === 'root' ? null : this.#target.user;
    const channel = await connection.open(this.#line);
    return await converse(sshChannel(channel, connection, this.host, sudoer), wire, command, options);
  }

  /** The live connection, or a new one; callers at the same time share it. */
  async #connected(): Promise<SshConnection> {
    if (this.#disposed) {
      throw new Error(`${this.host}: the transport is closed`);
    }
    const last = this.#connection;
    const known = await last?.catch(() => undefined);
    if (known?.alive) {
      return known;
    }
    // Whoever waited beside us may have dialled meanwhile.
    if (this.#connection === last) {
      this.#connection = dial(this.#target, this.#dialling);
    }
    return await (this.#connection as Promise<SshConnection>);
  }

  async #makeRoom(refused: number, error: ChannelRefusedError): Promise<void> {
    if (refused + 1 >= REFUSALS) {
      throw new UnreachableError(
        `${whereIs(this.#target)} opens no session: ${error.message} (MaxSessions in its sshd_config?)`,
        { cause: error },
      );
    }
    if (refused >= REFUSALS / 2 && this.#slots.taken === 1) {
      // Commands that we stopped waiting for may still hold every session of this connection; a new one has its own.
      (await this.#connection)?.end();
    }
    this.#slots.narrow();
  }
}
