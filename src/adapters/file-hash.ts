import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** What identifies the content of a file: its hash in hex and its length. */
export interface Content {
  readonly sha256: string;
  readonly bytes: number;
}

/** Counts and hashes what passes by. */
export class ContentMeter {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  /** The result; nothing can be added afterwards. */
  content(): Content {
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
  }
}

/**
 * Reads a file to its end, a mebibyte at a time.
 * @param onChunk also gets every chunk, and holds the reading back while it is busy; the chunk is reused afterwards
 * @throws the file system's error
 */
export async function hashFile(
  file: string,
  onChunk?: (chunk: Uint8Array) => Promise<void>,
): Promise<Content> {
  await using handle = await open(file, 'r');
  const meter = new ContentMeter();
  const buffer = Buffer.allocUnsafe(1 << 20);
  for (let read = await readInto(handle, buffer); read.length > 0; read = await readInto(handle, buffer)) {
    meter.add(read);
    await onChunk?.(read);
  }
  return meter.content();
}

async function readInto(handle: FileHandle, buffer: Buffer): Promise<Uint8Array> {
  const { bytesRead } = await handle.read(buffer, 0, buffer.length);
  return buffer.subarray(0, bytesRead);
}
