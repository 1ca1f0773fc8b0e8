/** Where a connection has fewer channels than this, none is spare. */
const LEAST_FOR_SPARES = 4;

/** How many channels may be open at once on one connection; whoever comes late waits for a turn. */
export class Slots {
  readonly #waiting: Array<() => void> = [];
  readonly #spares = new Set<() => void>();
  #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Waits for a turn and returns what gives it back (once). @throws the signal's reason */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#taken < this.#limit) {
      this.#taken += 1;
    } else {
      await this.#turn(signal);
    }
    return this.#giver();
  }

  /**
   * Takes a channel that nobody needs, without waiting; null where there is none.
   * @param giveWay called when channels turn out to be scarce: it is to be given back soon
   */
  takeSpare(giveWay: () => void): (() => void) | null {
    if (this.#limit < LEAST_FOR_SPARES || this.#taken >= this.#limit) {
      return null;
    }
    this.#taken += 1;
    this.#spares.add(giveWay);
    const give = this.#giver();
    return () => {
      this.#spares.delete(giveWay);
      give();
    };
  }

  /** The other side allows no more than were open beside the one that it just refused. */
  narrow(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#taken - 1));
    if (this.#limit < LEAST_FOR_SPARES) {
      for (const giveWay of this.#spares) {
        giveWay();
      }
    }
  }

  #giver(): () => void {
    let given = false;
    return () => {
      if (!given) {
        given = true;
        this.#taken -= 1;
        this.#next();
      }
    };
  }

  #turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(go);
    });
  }

  /** Counted here and not by the one who wakes up: in between another could take the same place. */
  #next(): void {
    while (this.#taken < this.#limit && this.#waiting.length > 0) {
      this.#taken += 1;
      this.#waiting.shift()?.();
    }
  }
}
