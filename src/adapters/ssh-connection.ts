import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { ConnectionLostError } from '../domain/errors.ts';
import { messageOf } from './message-of.ts';
import { widenWindow } from './receive-window.ts';
import { type SshTarget, whereIs } from './ssh-target.ts';

/** The host lives but opens no further channel: sshd's MaxSessions. */
export class ChannelRefusedError extends Error {
  override name = 'ChannelRefusedError';
}

/** One authenticated connection, until it ends for good. */
export class SshConnection {
  readonly #client: Client;
  readonly #target: SshTarget;
  readonly #lost = Promise.withResolvers<never>();
  #cause: unknown;
  #alive = true;

  /** @param client ready, with its handshake done; whatever happens to it from now on is told by `lost` */
  constructor(client: Client, target: SshTarget) {
    this.#client = client;
    this.#target = target;
    this.#lost.promise.catch(() => undefined);
    // Without a listener an ECONNRESET or a keepalive timeout would end the whole process.
    client.on('error', (error) => this.#end(error));
    client.on('end', () => this.#end(undefined));
    client.on('close', () => this.#end(undefined));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Rejects with ConnectionLostError once the connection is gone. */
  get lost(): Promise<never> {
    return this.#lost.promise;
  }

  /**
   * Opens a channel that runs one command line.
   * @throws ChannelRefusedError, ConnectionLostError
   */
  open(line: string): Promise<ClientChannel> {
    return this.#request((done) => this.#client.exec(line, done));
  }

  /** A stream to another port, seen from this host; it carries a connection of its own. */
  async forward(address: string, port: number): Promise<Duplex> {
    const channel = await this.#request<ClientChannel>((done) =>
      this.#client.forwardOut('127.0.0.1', 0, address, port, done),
    );
    channel.on('data', () => widenWindow(channel));
    channel.pause();
    return channel;
  }

  /** Ends it at once: commands that still run lose their listener. */
  end(): void {
    this.#client.end();
    this.#end(undefined);
    this.#client.destroy();
  }

  #request<T>(ask: (done: (error: Error | undefined, got: T) => void) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const done = (error: Error | undefined, got: T) => {
      if (error) {
        reject(this.#alive ? new ChannelRefusedError(error.message, { cause: error }) : this.#lostError());
      } else {
        resolve(got);
      }
    };
    try {
      ask(done);
    } catch (error) {
      // "Not connected": the socket is gone, and its events are still on their way.
      this.#end(error);
    }
    return Promise.race([promise, this.lost]);
  }

  #end(cause: unknown): void {
    if (this.#alive) {
      this.#alive = false;
      this.#cause = cause;
      this.#lost.reject(this.#lostError());
      // A client that met an error may keep its half-open socket for ever.
      this.#client.destroy();
    }
  }

  #lostError(): ConnectionLostError {
    const why = this.#cause === undefined ? 'the other side closed it' : messageOf(this.#cause);
    return new ConnectionLostError(`${whereIs(this.#target)}: the connection was lost: ${why}`, {
      cause: this.#cause,
    });
  }
}
