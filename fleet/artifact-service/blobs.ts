import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** The bytes of an artifact after the list of its blocks was committed. */
export interface Blob {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentType: string;
}

/** What Azure's block blobs are to the client: blocks are put in any order, then a list makes the blob of them. */
export class Blobs {
  readonly #folder: string;
  readonly #damage: (block: Buffer) => Buffer;

  /** @param damage what to store in place of a block: a test's way to a service that loses bytes */
  constructor(folder: string, damage: (block: Buffer) => Buffer = (block) => block) {
    this.#folder = folder;
    this.#damage = damage;
  }

  /** @throws Refusal 400 when fewer bytes came than were announced, or the block has no id */
  async putBlock(artifact: number, blockId: string | null, request: IncomingMessage): Promise<void> {
    if (blockId === null || blockId === '') {
      throw new Refusal(400, 'MissingRequiredQueryParameter', 'a block needs an id');
    }
    const block = await readBody(request, 100 << 20);
    if (block.length !== Number(request.headers['content-length'])) {
      throw new Refusal(400, 'InvalidInput', 'the body is shorter or longer than content-length');
    }
    await mkdir(this.#blocks(artifact), { recursive: true });
    await writeFile(this.#block(artifact, blockId), this.#damage(block));
  }

  /** Joins the blocks that the list names, in its order. @throws Refusal 400 for a block that was not put */
  async commit(artifact: number, request: IncomingMessage): Promise<Blob> {
    const list = (await readBody(request, 10 << 20)).toString();
    const file = join(this.#folder, `${artifact}.blob`);
    const hash = createHash('sha256');
    let bytes = 0;
    {
      await using blob = await open(file, 'w', 0o600);
      for (const [, blockId = ''] of list.matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)) {
        const block = await readFile(this.#block(artifact, blockId)).catch(() => {
          throw new Refusal(400, 'InvalidBlockList', `there is no block ${blockId}`);
        });
        await blob.writeFile(block);
        hash.update(block);
        bytes += block.length;
      }
    }
    await rm(this.#blocks(artifact), { recursive: true, force: true });
    const contentType = String(request.headers['x-ms-blob-content-type'] ?? '');
    return { file, bytes, sha256: hash.digest('hex'), contentType };
  }

  read(blob: Blob): NodeJS.ReadableStream {
    return createReadStream(blob.file);
  }

  async remove(artifact: number): Promise<void> {
    await rm(this.#blocks(artifact), { recursive: true, force: true });
    await rm(join(this.#folder, `${artifact}.blob`), { force: true });
  }

  #blocks(artifact: number): string {
    return join(this.#folder, `${artifact}.blocks`);
  }

  #block(artifact: number, blockId: string): string {
    return join(this.#blocks(artifact), Buffer.from(blockId).toString('hex'));
  }
}

/** @throws Refusal 413 beyond the limit */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      throw new Refusal(413, 'RequestBodyTooLarge', `more than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
