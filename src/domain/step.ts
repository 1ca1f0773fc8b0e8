import type { Secret } from '../shell/secret.ts';

/** The phases in the order in which an upgrade runs them. */
export const PHASES = [
  'prepare',
  'stop-services',
  'backup-db',
  'install-packages',
  'migrate',
  'run-steps',
  'start-services',
  'verify',
] as const;

export type Phase = (typeof PHASES)[number];

/**
 * What to do with a step that began and did not end well: repeat it, let a person say what became of it, or restore
 * its databases first.
 */
export type Repeat = 'safe' | 'ask' | 'restore-first';

/** A question that a program may ask, by a part of its text, and what to type. */
export interface Answer {
  readonly prompt: string;
  readonly say: string;
}

interface StepBase {
  /** Unique in an upgrade and the same in every run of it: names the step's folder on its host. */
  readonly id: string;
  readonly phase: Phase;
  readonly host: string;
  /** What people read. */
  readonly title: string;
}

/** A script that changes its host: journaled, run once, detached from the connection. */
export interface ScriptStep extends StepBase {
  readonly kind: 'script';
  readonly script: string;
  /** What a dry run shows of it: the commands without the care around them. */
  readonly commands: readonly string[];
  readonly env: Readonly<Record<string, string | Secret>>;
  /** Run on a terminal, where a question can be met. */
  readonly terminal: boolean;
  readonly answers: readonly Answer[];
  readonly repeat: Repeat;
  /** Seconds after which the waiting for it ends; the script itself goes on. */
  readonly timeLimit: number;
  /** A script that ends 0 while what this step did still holds; asked before a finished step is skipped. */
  readonly check?: string;
  /** It only renews what may have aged: when its check fails it runs again, and nothing has to wait for that. */
  readonly renews?: boolean;
  /** A step of the same host; once it has begun, what this one did may have been undone on purpose. */
  readonly until?: string;
  /** A step of the same host that takes what this one made; while it runs, that is left as it is. */
  readonly usedBy?: string;
  /** Keys of the databases that it may change: what restores these undoes it. */
  readonly databases?: readonly string[];
}

/** A script that only reads; always run, never journaled. What it prints is judged. */
export interface CheckStep extends StepBase {
  readonly kind: 'check';
  readonly script: string;
  readonly commands: readonly string[];
  /** Why things must not go on, each in words; empty when they may. */
  readonly judge: (output: string) => readonly string[];
  /** What of its output a person is shown who is told why; all of it where this is not given. */
  readonly shown?: (output: string) => string;
  /** Seconds during which a refusal is asked again before it counts. */
  readonly patience: number;
  /** What to do when it refuses, where it knows better than the outcome. */
  readonly next?: string;
  /** A step of the same host; once it has begun, this check has nothing left to say. */
  readonly until?: string;
}

/** Work that needs the runner as well (a dump streams to it); the executor hands it to the runner's part. */
export interface RunnerStep extends StepBase {
  readonly kind: 'runner';
  readonly commands: readonly string[];
  /** Keys of the databases that it is about. */
  readonly databases: readonly string[];
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Is there nothing left to do, by what the journal remembers? Only asked to show what remains. */
  readonly isDone: () => boolean;
}

export type Step = ScriptStep | CheckStep | RunnerStep;

/** Lanes run side by side, the steps of a lane one after the other; a stage ends when all its lanes have. */
export interface Stage {
  readonly phase: Phase;
  readonly title: string;
  readonly lanes: readonly (readonly Step[])[];
  /** A lane that fails stops no other one. */
  readonly independent?: boolean;
}
