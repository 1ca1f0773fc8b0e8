/** A lock as one host has it. */
export interface FoundLock {
  readonly host: string;
  readonly id: string;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** A step of the unfinished upgrade that has not ended well. */
export interface OpenStep {
  readonly host: string;
  readonly id: string;
  readonly state: string;
}

/** Who holds the hosts, and what is unfinished on them. */
export interface Held {
  readonly locks: readonly FoundLock[];
  readonly upgrade: string | null;
  readonly open: readonly OpenStep[];
}
