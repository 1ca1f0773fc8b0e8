const CHATTER_LIMIT = 8192;

/**
 * Lets through what follows a marker line. What comes before (a chatty .bashrc, sudo's words) is kept apart, its
 * first part only, for an error to quote.
 */
export class MarkerGate {
  readonly #marker: Buffer;
  #held: Buffer = Buffer.alloc(0);
  #chatter = '';
  #open = false;

  constructor(marker: string) {
    this.#marker = Buffer.from(`${marker}\n`);
  }

  /** Has the marker been seen? */
  get open(): boolean {
    return this.#open;
  }

  /** What stood before the marker, as text. */
  get chatter(): string {
    return this.#open ? this.#chatter : (this.#chatter + this.#held.toString()).slice(0, CHATTER_LIMIT);
  }

  /** The part of this chunk that counts, often all of it; empty while the marker is still to come. */
  pass(chunk: Buffer): Buffer {
    if (this.#open) {
      return chunk;
    }
    const seen = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const at = seen.indexOf(this.#marker);
    this.#open = at >= 0;
    // The marker may be cut in two by the network: its possible beginning is held back.
    const end = this.#open ? at : Math.max(0, seen.length - this.#marker.length + 1);
    this.#keep(seen.subarray(0, end));
    this.#held = this.#open ? Buffer.alloc(0) : seen.subarray(end);
    return this.#open ? seen.subarray(at + this.#marker.length) : this.#held.subarray(0, 0);
  }

  #keep(chatter: Buffer): void {
    const room = CHATTER_LIMIT - this.#chatter.length;
    if (room > 0) {
      this.#chatter += chatter.subarray(0, room).toString();
    }
  }
}
