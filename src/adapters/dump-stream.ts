import { Encryption } from './encryption.ts';
import { type Content, ContentMeter } from './file-hash.ts';
import { NewFile } from './new-file.ts';
import { ProgressMeter, type ProgressOptions } from './progress.ts';

export interface DumpFileOptions extends ProgressOptions {
  /** What `parseRecipients` returned. With any, no plain byte meets this machine's disk. */
  readonly recipients?: readonly string[];
}

/** A dump that arrived whole. */
export interface FinishedDump {
  readonly file: string;
  /** Of what was received: to be compared with the hash that its host took. */
  readonly plain: Content;
  /** Of the file: equal to `plain` where nothing encrypts. */
  readonly stored: Content;
}

/**
 * Receives a dump and writes it to a file of mode 0600, encrypted where there are recipients. Nothing is kept in
 * memory but the chunk at hand. Until `finish` the file is not under its name; unless `finish` was reached,
 * leaving the scope removes it.
 */
export class DumpFile {
  readonly #file: NewFile;
  readonly #encryption: Encryption | undefined;
  readonly #plain = new ContentMeter();
  readonly #progress: ProgressMeter;
  #finished = false;

  private constructor(file: NewFile, encryption: Encryption | undefined, options: ProgressOptions) {
    this.#file = file;
    this.#encryption = encryption;
    this.#progress = new ProgressMeter(options);
  }

  /** @throws FileExistsError when the name is taken; UpgradeError when the disk is full; the file system's error */
  static async create(path: string, options: DumpFileOptions = {}): Promise<DumpFile> {
    const { recipients = [] } = options;
    const file = await NewFile.create(path);
    try {
      const encryption =
        recipients.length > 0 ? await Encryption.start(recipients, (chunk) => file.write(chunk)) : undefined;
      return new DumpFile(file, encryption, options);
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /**
   * Takes the next chunk and returns when there is room for another one. Fits `ExecOptions.onStdout`.
   * @throws UpgradeError when the disk is full: nothing is left of the file then
   */
  readonly write = async (chunk: Uint8Array): Promise<void> => {
    this.#plain.add(chunk);
    await (this.#encryption ?? this.#file).write(chunk);
    this.#progress.add(chunk.length);
  };

  /** Returns when the file is on the disk, whole and under its name. */
  async finish(): Promise<FinishedDump> {
    await this.#encryption?.finish();
    const stored = await this.#file.finish();
    this.#finished = true;
    return { file: this.#file.path, plain: this.#plain.content(), stored };
  }

  /** Removes what there is of an unfinished dump; a finished one stays. */
  async discard(): Promise<void> {
    if (!this.#finished) {
      await this.#encryption?.abort();
      await this.#file.discard();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.discard();
  }
}
