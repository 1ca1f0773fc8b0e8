import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UpgradeError } from '../domain/errors.ts';
import { type Content, ContentMeter } from './file-hash.ts';

/**
 * A file (mode 0600) that is either there whole, synced to the disk and under its name, or not there at all.
 * It is written beside its place, under a hidden name, and never replaces another file.
 */
export class NewFile {
  readonly path: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  readonly #meter = new ContentMeter();
  #open = true;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.path = path;
    this.#part = part;
    this.#handle = handle;
  }

  /** @throws FileExistsError when the name is taken; UpgradeError when the disk is full; the file system's error */
  static async create(path: string): Promise<NewFile> {
    if ((await lstat(path).catch(ignoreMissing)) !== undefined) {
      throw new FileExistsError(path);
    }
    // Random, since a part that a killed process left behind must not be in the way.
    const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    const handle = await open(part, flags, 0o600).catch((error: unknown) => {
      throw explain(error, path);
    });
    return new NewFile(path, part, handle);
  }

  /** Writes all of the chunk. After a failure there is nothing left of the file. */
  async write(chunk: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < chunk.length; ) {
        done += (await this.#handle.write(chunk, done)).bytesWritten;
      }
    } catch (error) {
      await this.discard();
      throw explain(error, this.path);
    }
    this.#meter.add(chunk);
  }

  /**
   * Gives the file its name, once its bytes and then its folder are on the disk.
   * @returns hash and length of what was written
   * @throws FileExistsError when a file of that name came up meanwhile; it stays as it is
   */
  async finish(): Promise<Content> {
    try {
      await this.#handle.sync();
      await this.#close();
      await link(this.#part, this.path);
      await unlink(this.#part);
      await syncFolder(dirname(this.path));
    } catch (error) {
      await this.discard();
      throw explain(error, this.path);
    }
    return this.#meter.content();
  }

  /** Leaves nothing behind of a file that is not finished; harmless when repeated. */
  async discard(): Promise<void> {
    await this.#close();
    await unlink(this.#part).catch(ignoreMissing);
  }

  async #close(): Promise<void> {
    if (this.#open) {
      this.#open = false;
      await this.#handle.close();
    }
  }
}

/** A file of this name is there and is not replaced. */
export class FileExistsError extends Error {
  override name = 'FileExistsError';

  constructor(path: string, options?: ErrorOptions) {
    super(`${path} is there already, and is not replaced`, options);
  }
}

/** Makes the names in a folder survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** For what is to be removed and may be gone already. */
export function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') {
    throw error;
  }
}

/** The code of a system error (`ENOSPC`), if it is one. */
export function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function explain(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'EEXIST') {
    return new FileExistsError(path, { cause: error });
  }
  if (code !== 'ENOSPC' && code !== 'EDQUOT') {
    return error;
  }
  const folder = dirname(path);
  return new UpgradeError(
    `no space left on this machine for ${basename(path)}`,
    {
      state: `The unfinished file was removed; ${folder} is on a file system that is full.`,
      next: `Make room in ${folder}, or use a runner with a larger disk, and run the same again.`,
    },
    { cause: error },
  );
}
