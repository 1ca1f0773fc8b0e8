import type { Readable, Writable } from 'node:stream';

/** How a process ended: `code` is null when a signal did it, or when nobody knows. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One bash on a host that waits for its command: what a transport has to offer to `converse`. */
export interface Running {
  readonly host: string;
  /** The account that becomes root through sudo; null for root itself. */
  readonly sudoer: string | null;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The end of the process; its last output may still be on the way. */
  readonly exited: Promise<Exit>;
  /** The end of the conversation; rejects with ConnectionLostError when it ended too early. */
  readonly closed: Promise<void>;
  /** Called after each piece of standard output that somebody takes as a stream. */
  streamed?(): void;
  /** Nobody listens any more: lets go of everything, without ending what runs on the host. */
  abandon(): void;
}
