import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP relay on 127.0.0.1 that can do to its connections what networks do. */
export class Relay {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #frozen = false;
  #carried = 0;
  #limit = Number.POSITIVE_INFINITY;

  private constructor(port: number) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#join(near, port));
  }

  /** Starts a relay to a port of 127.0.0.1, on a free port unless told which. */
  static async to(port: number, near = 0): Promise<Relay> {
    const relay = new Relay(port);
    await new Promise<void>((resolve) => relay.#server.listen(near, '127.0.0.1', resolve));
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Cuts every connection: by RST, or by an orderly FIN. Both ends see it. */
  cut(how: 'reset' | 'fin'): void {
    for (const pair of this.#pairs) {
      for (const socket of pair) {
        if (how === 'reset') {
          socket.resetAndDestroy();
        } else {
          socket.end();
        }
      }
    }
  }

  /** Resets every connection once so many more bytes have passed. */
  cutAfter(bytes: number): void {
    this.#limit = this.#carried + bytes;
  }

  /** Swallows everything from now on, without ending anything: a cable that was pulled. */
  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const pair of this.#pairs) {
      pair.forEach((socket) => {
        socket.destroy();
      });
    }
    await closed;
  }

  #join(near: Socket, port: number): void {
    const far = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    near.setNoDelay(true);
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => this.#carry(from, to, chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => this.#pairs.delete(pair));
    }
  }

  #carry(from: Socket, to: Socket, chunk: Buffer): void {
    this.#carried += chunk.length;
    if (this.#carried > this.#limit) {
      this.#limit = Number.POSITIVE_INFINITY;
      this.cut('reset');
    } else if (!this.#frozen && !to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  }
}
