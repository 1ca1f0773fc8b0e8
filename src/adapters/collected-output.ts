import { UpgradeError } from '../domain/errors.ts';

const STDOUT_LIMIT = 16 * 1024 * 1024;
const STDERR_LIMIT = 256 * 1024;

/** Standard output held in memory, up to 16 MiB: who expects more takes it as a stream. */
export class CollectedStdout {
  readonly #chunks: Buffer[] = [];
  readonly #host: string;
  readonly #title: string;
  #bytes = 0;

  constructor(host: string, title: string) {
    this.#host = host;
    this.#title = title;
  }

  /** @throws UpgradeError beyond 16 MiB */
  take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > STDOUT_LIMIT) {
      throw new UpgradeError(
        `${this.#host}: "${this.#title}" printed more than 16 MiB where a short answer was due`,
        {
          host: this.#host,
          command: this.#title,
          output: this.text().slice(0, 2000),
          state: 'the command may still be running on the host',
        },
      );
    }
    this.#chunks.push(chunk);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/** The last 256 KiB of standard error. */
export class StderrTail {
  #chunks: Buffer[] = [];
  #bytes = 0;

  take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > 2 * STDERR_LIMIT) {
      const tail = Buffer.concat(this.#chunks).subarray(-STDERR_LIMIT);
      this.#chunks = [Buffer.from(tail)];
      this.#bytes = tail.length;
    }
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-STDERR_LIMIT).toString();
  }
}
