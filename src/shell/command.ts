import type { Secret } from './secret.ts';

/** One bash script with what it needs. Command builders return it, transports run it. */
export interface Command {
  /** What people read in logs and errors; holds no secret. */
  readonly title: string;
  /** The program text for bash; holds no secret. Travels on standard input, never on a command line. */
  readonly script: string;
  /**
   * Program text that is run before the script when that is repeated because its connection was lost: the host may have
   * come back before what the script needs. Its output is the script's.
   */
  readonly whenRepeated?: string;
  /** `$1`, `$2`, ... of the script; no secrets. */
  readonly args?: readonly string[];
  /** Exported before the script starts; travels on standard input, so secrets never meet a command line or a disk. */
  readonly env?: Readonly<Record<string, string | Secret>>;
  /** What the script reads on its own standard input; empty when missing. */
  readonly input?: string;
}
