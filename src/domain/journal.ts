import { type Owner, parseOwner } from './lock.ts';

/** How far a step is, by its folder on its host. Times are milliseconds since 1970 by the host's clock. */
export type StepState =
  /** Its folder is there and nothing of it ever ran. */
  | { readonly kind: 'unborn' }
  | { readonly kind: 'running' }
  /** Its process is gone and left no exit code: the host crashed, or somebody killed it. */
  | { readonly kind: 'died' }
  | { readonly kind: 'ended'; readonly rc: number; readonly started: number; readonly ended: number };

/** Did a step come to a good end? One that is not known did not. */
export function endedWell(state: StepState | undefined): boolean {
  return state?.kind === 'ended' && state.rc === 0;
}

/** Did a step come to another end, or to none that is known? */
export function endedBadly(state: StepState | undefined): boolean {
  return state?.kind === 'died' || (state?.kind === 'ended' && state.rc !== 0);
}

export interface JournaledStep {
  readonly state: StepState;
}

/** What one host remembers. */
export interface HostJournal {
  /** How often the lock was taken so far. */
  readonly epoch: number;
  readonly lock: { readonly id: string; readonly owner: Owner } | null;
  /** The id of the unfinished upgrade. */
  readonly current: string | null;
  /** The plan as approved: JSON text. */
  readonly plan: string | null;
  readonly steps: ReadonlyMap<string, JournaledStep>;
  readonly records: ReadonlyMap<string, string>;
}

/**
 * Reads what `readJournal` printed.
 * @throws Error naming the host and the line that is not understood
 */
export function parseJournal(host: string, output: string): HostJournal {
  const fields = new Map<string, string>();
  const steps = new Map<string, JournaledStep>();
  const records = new Map<string, string>();
  for (const line of output.split('\n').filter((text) => text !== '')) {
    const [name = '', ...rest] = line.split('\t');
    if (name === 'step' && rest.length === 2) {
      steps.set(rest[0] as string, { state: parseState(host, rest[1] as string) });
    } else if (name.startsWith('record ') && rest.length === 1) {
      records.set(name.slice('record '.length), decode(rest[0] as string));
    } else if (rest.length === 1) {
      fields.set(name, decode(rest[0] as string));
    } else {
      throw new Error(`the journal of ${host} has a line that is not understood: ${line.slice(0, 200)}`);
    }
  }
  return {
    epoch: epochOf(host, trimmed(fields.get('epoch')) ?? '0'),
    lock: lockOf(fields),
    current: trimmed(fields.get('current')),
    plan: fields.get('plan') ?? null,
    steps,
    records,
  };
}

function epochOf(host: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new Error(`the journal of ${host} has an epoch that is not understood: ${text.slice(0, 200)}`);
  }
  return Number(text);
}

function lockOf(fields: ReadonlyMap<string, string>): HostJournal['lock'] {
  const id = trimmed(fields.get('lock-id'));
  const owner = fields.get('lock-owner');
  return id === null || owner === undefined ? null : { id, owner: parseOwner(owner) };
}

function trimmed(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim();
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

function parseState(host: string, text: string): StepState {
  if (text === 'running' || text === 'died' || text === 'unborn') {
    return { kind: text };
  }
  const [word, ...rest] = text.trim().split(' ');
  const ended = word === 'ended' ? parseEnd(rest.join(' ')) : null;
  if (ended === null) {
    throw new Error(`the journal of ${host} has a state that is not understood: ${text.slice(0, 200)}`);
  }
  return ended;
}

/** Reads `RC STARTED ENDED`, times in seconds with a fraction; null for anything else. */
export function parseEnd(text: string): (StepState & { kind: 'ended' }) | null {
  const match = /^(\d+) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/.exec(text.trim());
  if (match === null) {
    return null;
  }
  return {
    kind: 'ended',
    rc: Number(match[1]),
    started: Number(match[2]) * 1000,
    ended: Number(match[3]) * 1000,
  };
}
