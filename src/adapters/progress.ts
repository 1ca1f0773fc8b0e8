/** How far a transfer is. */
export interface Progress {
  readonly bytes: number;
  /** Since the first byte. */
  readonly bytesPerSecond: number;
  /** Null when nobody knows how much there will be, or when it turned out to be more than was expected. */
  readonly secondsLeft: number | null;
}

export interface ProgressOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** How many bytes are expected, when that can be said; an estimate. */
  readonly expectedBytes?: number;
  /** Milliseconds between two reports, at least; 5000 when missing. */
  readonly interval?: number;
  /** Milliseconds of a clock; the system's when missing. */
  readonly now?: () => number;
}

/** Turns many small chunks into a report now and then. */
export class ProgressMeter {
  readonly #options: ProgressOptions;
  readonly #now: () => number;
  #bytes = 0;
  #started: number | undefined;
  #reported = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  add(bytes: number): void {
    const { onProgress, interval = 5000 } = this.#options;
    if (onProgress === undefined) {
      return;
    }
    const now = this.#now();
    this.#started ??= this.#reported = now;
    this.#bytes += bytes;
    if (now > this.#started && now - this.#reported >= interval) {
      this.#reported = now;
      onProgress(this.#progress(now - this.#started));
    }
  }

  #progress(milliseconds: number): Progress {
    const bytes = this.#bytes;
    const bytesPerSecond = (bytes * 1000) / milliseconds;
    const rest = (this.#options.expectedBytes ?? -1) - bytes;
    return { bytes, bytesPerSecond, secondsLeft: rest >= 0 && bytes > 0 ? rest / bytesPerSecond : null };
  }
}
