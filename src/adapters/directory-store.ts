import { lstat, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DumpStore, StoredDump } from '../ports.ts';
import { checkDumpName } from './dump-name.ts';
import { hashFile } from './file-hash.ts';
import { ignoreMissing, NewFile } from './new-file.ts';

/** Keeps dumps in a folder (mode 0700) of the machine on which the process runs. */
export class DirectoryStore implements DumpStore {
  readonly kind = 'directory';
  readonly #folder: string;

  /** @param folder made, with its parents, at the first `put` */
  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  /**
   * Copies the file; returns once bytes and name are on the disk. The hash is of the bytes that were written.
   * @throws FileExistsError when a dump of that name is there; UpgradeError when the disk is full
   */
  async put(file: string, name: string): Promise<StoredDump> {
    const path = join(this.#folder, checkDumpName(name));
    // A folder that is there already keeps its mode: it is the operator's.
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const copy = await NewFile.create(path);
    try {
      await hashFile(file, (chunk) => copy.write(chunk));
      return { kind: this.kind, name, path, ...(await copy.finish()) };
    } finally {
      await copy.discard();
    }
  }

  /** Reads the file to its end: is it there, of the same length and hash? Asks the recorded path, whichever folder it is in. */
  async has(stored: StoredDump): Promise<boolean> {
    if (stored.kind !== 'directory' || stored.path === undefined) {
      throw new TypeError(`the dump ${stored.name} was not stored in a folder`);
    }
    const found = await lstat(stored.path).catch(ignoreMissing);
    // The length first: a path read from a journal may lead to anything, and a device never ends.
    if (found === undefined || !found.isFile() || found.size !== stored.bytes) {
      return false;
    }
    return (await hashFile(stored.path)).sha256 === stored.sha256;
  }
}
