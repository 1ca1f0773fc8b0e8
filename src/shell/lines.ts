/** Bytes of one line that are kept; more than any log shows, so that a secret is never cut where it is seen. */
const KEPT = 16 * 1024;
const CR = 0x0d;
const LF = 0x0a;

/**
 * Turns the bytes of an output into lines. LF, CR and CRLF end one (progress bars use CR); a character that the
 * network cut in two is whole again; of a line without end only the beginning is kept.
 */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #kept: Buffer[] = [];
  #bytes = 0;
  #dropped = 0;
  #afterCr = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let at = endIn(chunk, 0); at >= 0; at = endIn(chunk, from)) {
      const isRestOfCrlf =
        this.#afterCr && at === from && chunk[at] === LF && this.#bytes + this.#dropped === 0;
      this.#keep(chunk.subarray(from, at));
      if (!isRestOfCrlf) {
        this.#emit();
      }
      this.#afterCr = chunk[at] === CR;
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** The last line, when no newline ends it. */
  end(): void {
    if (this.#bytes > 0) {
      this.#emit();
    }
  }

  #keep(part: Buffer): void {
    if (part.length === 0) {
      return;
    }
    this.#afterCr = false;
    const room = Math.min(part.length, KEPT - this.#bytes);
    if (room > 0) {
      // A copy: the chunk's memory is much larger than what is kept of it, and not ours.
      this.#kept.push(Buffer.from(part.subarray(0, room)));
      this.#bytes += room;
    }
    this.#dropped += part.length - Math.max(room, 0);
  }

  #emit(): void {
    const text = Buffer.concat(this.#kept).toString();
    const line = this.#dropped > 0 ? restOf(text.replace(/\ufffd+$/, ''), this.#dropped) : text;
    this.#kept = [];
    this.#bytes = 0;
    this.#dropped = 0;
    this.#onLine(line);
  }
}

function endIn(chunk: Buffer, from: number): number {
  const lf = chunk.indexOf(LF, from);
  const before = lf < 0 ? chunk : chunk.subarray(0, lf);
  const cr = before.indexOf(CR, from);
  return cr < 0 ? lf : cr;
}

/** Marks a line of which only the beginning was kept. */
export function restOf(kept: string, bytes: number): string {
  return `${kept} … (and ${bytes} more bytes)`;
}

/** Takes such a line apart again; another line is all kept, with 0 bytes more. */
export function keptOf(line: string): { readonly kept: string; readonly bytes: number } {
  const found = / … \(and (\d{1,15}) more bytes\)$/.exec(line);
  return { kept: line.slice(0, found?.index), bytes: Number(found?.[1] ?? 0) };
}
