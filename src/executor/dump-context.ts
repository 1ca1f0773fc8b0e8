import type { FreeSpace, HostFacts } from '../domain/facts.ts';
import type { ResolvedPlan } from '../domain/resolved.ts';
import type { DumpStore, ReceiveDump } from '../ports.ts';
import type { Runner } from './ask.ts';
import type { Journal } from './journal.ts';

/** How dumps leave their hosts. */
export interface DumpSettings {
  readonly store: DumpStore;
  /** Age recipients; with none, dumps are stored as they are. */
  readonly recipients: readonly string[];
  /** A folder of the runner for dumps on their way. */
  readonly folder: string;
  readonly receive: ReceiveDump;
  /** The folder of the runner in which the store keeps dumps; null where it keeps them elsewhere. */
  readonly kept: string | null;
  /** What is free where a folder of the runner is, or its nearest parent. */
  readonly freeSpace: (folder: string) => Promise<FreeSpace>;
}

/** What the dumps of one upgrade share. */
export interface DumpContext {
  readonly runner: Runner;
  readonly journal: Journal;
  readonly resolved: ResolvedPlan;
  readonly settings: DumpSettings;
  readonly facts: ReadonlyMap<string, HostFacts>;
}
