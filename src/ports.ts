import type { StoredDump } from './domain/dump.ts';
import type { Command } from './shell/command.ts';

export type { StoredDump };

/** What a command left behind. Only `code === 0` is success: `null` means that a signal ended it. */
export interface ExecResult {
  readonly code: number | null;
  readonly signal: string | null;
  /** Empty where `onStdout` took it. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  /** Takes standard output as it comes; awaited, so a slow taker holds the host back. Then nothing is collected. */
  readonly onStdout?: (chunk: Buffer) => void | Promise<void>;
  /** Takes standard error as it comes, besides its last part being collected. */
  readonly onStderr?: (chunk: Buffer) => void;
  /** Milliseconds after which the waiting ends (TimeLimitError); what runs on the host may go on. */
  readonly timeLimit?: number;
  /** Ends the waiting (the signal's reason is thrown); what runs on the host may go on. */
  readonly signal?: AbortSignal;
  /**
   * It gives way to everything else: it makes no connection, waits for no channel, and is ended where channels are
   * scarce (UnreachableError each time).
   */
  readonly spare?: boolean;
}

/**
 * A way to run commands as root on one host. It connects at the first `exec` and again after a loss, and opens
 * at most as many channels at once as sshd allows; further calls wait for their turn.
 */
export interface Transport {
  readonly host: string;
  /**
   * Runs one script with bash, as root.
   * @throws HostKeyError, AuthenticationError, UnreachableError, SudoError, LookOnlyError before anything ran;
   *   ConnectionLostError when the connection went while it ran: what then became of it is unknown.
   */
  exec(command: Command, options?: ExecOptions): Promise<ExecResult>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A file's hash (SHA-256, hex) and length. */
export interface Content {
  readonly sha256: string;
  readonly bytes: number;
}

/** How far a transfer is; `secondsLeft` is null when nobody knows how much there will be. */
export interface DumpProgress {
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** A dump that arrived whole: as it was received, and as the file has it (encrypted, where it is). */
export interface ReceivedDump {
  readonly file: string;
  readonly plain: Content;
  readonly stored: Content;
}

/** Takes a dump as it comes and leaves a file; unless `finish` was reached, leaving the scope removes it. */
export interface DumpReceiver extends AsyncDisposable {
  write(chunk: Buffer): Promise<void>;
  finish(): Promise<ReceivedDump>;
}

/** Makes the receiver of one dump. */
export type ReceiveDump = (
  file: string,
  options: { readonly expectedBytes: number; readonly onProgress: (progress: DumpProgress) => void },
) => Promise<DumpReceiver>;

/** A place that outlives the runner. */
export interface DumpStore {
  readonly kind: StoredDump['kind'];
  /** Stores a finished file and returns only when the copy is final; never replaces an earlier one of that name. */
  put(file: string, name: string): Promise<StoredDump>;
  /** Is this copy still there? */
  has(stored: StoredDump): Promise<boolean>;
}

/** What people read while it runs. Every text may hold bytes from a host: an implementation makes them harmless. */
export interface Log {
  group(title: string): void;
  endGroup(): void;
  info(text: string): void;
  /** A line that a host printed, shown behind the host's name. */
  host(host: string, line: string): void;
  notice(text: string): void;
  warning(text: string): void;
  /** One annotation on the run's page. */
  error(title: string, text: string): void;
  /** Keeps a value out of everything printed from now on. */
  mask(value: string): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
