import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Three named pipes between us and a process that `@actions/exec` starts. That library cannot hold a process back
 * (it reads as fast as it can and keeps every line that has no end), and it dies of an unhandled EPIPE when a
 * process leaves its input unread. So its own pipes stay empty, and the process opens these.
 */
export class LocalPipes {
  readonly stdin: Socket;
  readonly stdout: Socket;
  readonly stderr: Socket;
  readonly #folder: string;
  /** An end of each kind, held until the process has opened its own: without, it would wait for us or we see an end. */
  #placeholders: number[];

  private constructor(folder: string) {
    const [input, output, errors] = pathsIn(folder);
    // Readers first: a writer can't open a pipe that nobody reads. Nothing here waits (O_NONBLOCK).
    const read = constants.O_RDONLY | constants.O_NONBLOCK;
    const write = constants.O_WRONLY | constants.O_NONBLOCK;
    const [inputReader, outputReader, errorReader] = [
      openSync(input, read),
      openSync(output, read),
      openSync(errors, read),
    ];
    this.#folder = folder;
    this.#placeholders = [
      inputReader,
      openSync(input, write),
      openSync(output, write),
      openSync(errors, write),
    ];
    this.stdin = new Socket({ fd: openSync(input, write), readable: false, writable: true });
    this.stdout = new Socket({ fd: outputReader, readable: true, writable: false });
    this.stderr = new Socket({ fd: errorReader, readable: true, writable: false });
  }

  /** @param makePipes runs mkfifo with these paths */
  static async make(makePipes: (paths: readonly string[]) => Promise<void>): Promise<LocalPipes> {
    const folder = await mkdtemp(join(tmpdir(), 'synnefo-upgrade-'));
    try {
      await makePipes(pathsIn(folder));
      return new LocalPipes(folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The paths for the process: its standard input, output and error. */
  get paths(): readonly [string, string, string] {
    return pathsIn(this.#folder);
  }

  /** Adds words of sudo, which it says before anybody opens the pipes, to the standard error. */
  note(words: Buffer): void {
    const errors = this.#placeholders[3];
    if (errors !== undefined) {
      // Less than a pipe takes without waiting (PIPE_BUF).
      writeSync(errors, words.subarray(0, 2048));
    }
  }

  /** From now on the pipes end when the process does. */
  handOver(): void {
    for (const fd of this.#placeholders.splice(0)) {
      closeSync(fd);
    }
  }

  /** Closes our ends and removes the pipes; a process that still writes gets SIGPIPE. */
  async destroy(): Promise<void> {
    this.handOver();
    for (const socket of [this.stdin, this.stdout, this.stderr]) {
      socket.on('error', () => undefined);
      socket.destroy();
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function pathsIn(folder: string): readonly [string, string, string] {
  return [join(folder, 'stdin'), join(folder, 'stdout'), join(folder, 'stderr')];
}
