import { systemClock } from '../../src/adapters/clock.ts';
import type { StepState } from '../../src/domain/journal.ts';
import { Journal } from '../../src/executor/journal.ts';
import { RecordingLog } from './recording-log.ts';

/** A step that is known to have got so far. */
export interface PaperStep {
  readonly host: string;
  readonly id: string;
  readonly state: StepState;
}

/** The journal of an upgrade with these steps, for whoever only reads it; it knows no host. */
export function paperJournal(...steps: readonly PaperStep[]): Journal {
  const runner = {
    hosts: new Map(),
    log: new RecordingLog(),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const journal = new Journal(runner, { id: 'lock-1', epochs: new Map() }, 'u1', new Map());
  for (const { host, id, state } of steps) {
    journal.ended(host, id, { state });
  }
  return journal;
}

/** Ended, by default well, after a second. */
export function ended(overrides: Partial<StepState & { kind: 'ended' }> = {}): StepState {
  return { kind: 'ended', rc: 0, started: 1000, ended: 2000, ...overrides };
}
