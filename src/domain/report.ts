import type { DumpRecord, GlobalsRecord } from './dump.ts';
import type { Mistake } from './errors.ts';
import type { Outlook } from './outlook.ts';
import type { Phase } from './step.ts';

/**
 * How a run ended:
 * `planned` a dry run; `unchanged` there was nothing to do; `done` one part of an upgrade is, and the next may follow;
 * `finished` all is done and verified;
 * `refused` before anything was touched; `abandoned` it failed before the first package, and what was stopped runs
 * again; `unfinished` it failed later, and the next run goes on; `cancelled` somebody stopped it, the same.
 */
export type Outcome =
  | 'planned'
  | 'unchanged'
  | 'done'
  | 'finished'
  | 'refused'
  | 'abandoned'
  | 'unfinished'
  | 'cancelled';

/** All that a run has to tell; the job summary is made from it, and it is the output `report`. */
export interface Report {
  readonly schema: 1;
  readonly outcome: Outcome;
  readonly plan: string;
  /** The part of the upgrade that ran, as `backup-db (point: before)`; null for the whole. */
  readonly part: string | null;
  /** The part that comes next; null where none does, or none is known. */
  readonly next: string | null;
  /** The id of the upgrade on the hosts; null when none was begun. */
  readonly upgrade: string | null;
  /** SHA-256 of what is approved of the plan (`approvalOf`); null where none could be made. */
  readonly digest: string | null;
  readonly versions: readonly VersionChange[];
  readonly services: readonly ServiceReport[];
  readonly schemas: readonly SchemaReport[];
  readonly dumps: readonly ReportedDump[];
  readonly globals: readonly ReportedGlobals[];
  /** Null while no service was stopped. */
  readonly outage: OutageReport | null;
  /** First service stopped to last service healthy; null while that is not known. */
  readonly outageSeconds: number | null;
  /** The same as seen from outside; null where nobody asked all the while. */
  readonly probe: ProbeReport | null;
  readonly settings: readonly SettingsReport[];
  /** Journaled steps that ended, oldest first. */
  readonly steps: readonly StepReport[];
  /** For a dry run: what would be done, in order. */
  readonly planned: readonly PlannedStep[];
  /** For a dry run: what it would meet. */
  readonly outlook: Outlook | null;
  readonly notes: readonly string[];
  readonly failure: FailureReport | null;
}

/** By the journal, in milliseconds since 1970 by the runner's clock. */
export interface OutageReport {
  /** The first stop of a service. */
  readonly began: number;
  /** The last answer of a healthy service, or the last start where none is asked; null while one is missing. */
  readonly ended: number | null;
}

/** What was answered to the plan's health checks, asked all the while a run lasted. */
export interface ProbeReport {
  /** The first bad answer of any check to the last good one again; null where none went bad, or one stayed bad. */
  readonly seconds: number | null;
  readonly checks: readonly ProbedCheck[];
}

/** One health check on one host; times in milliseconds since 1970 by the runner's clock. */
export interface ProbedCheck {
  readonly host: string;
  readonly role: string;
  readonly http: string;
  /** How it answered before anything was stopped; unknown where it was not asked in time. */
  readonly before: 'good' | 'bad' | 'unknown';
  /** The first bad answer after a good one. */
  readonly bad: number | null;
  /** From when on all answers were good again. */
  readonly goodAgain: number | null;
  /** When nobody could ask: a lost connection, a reboot. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface VersionChange {
  readonly host: string;
  readonly package: string;
  readonly from: string | null;
  readonly to: string;
}

export interface ServiceReport {
  readonly host: string;
  readonly name: string;
  readonly before: 'running' | 'down';
  readonly after: 'running' | 'down' | 'unknown';
}

export interface SchemaReport {
  readonly role: string;
  /** The whole output of the role's `schema` command; `after` is null while that is not known. */
  readonly before: string;
  readonly after: string | null;
  readonly pendingBefore: number;
  readonly pendingAfter: number | null;
}

/** A dump with the commands that restore it by hand. */
export interface ReportedDump extends Omit<DumpRecord, 'state'> {
  /** Null where they were not counted: what runs meanwhile changes them. */
  readonly rows: number | null;
  /** Lines of shell for the database's host, as root. */
  readonly restore: string;
}

export interface ReportedGlobals extends GlobalsRecord {
  /** Lines of shell for the server's host, as root. */
  readonly restore: string;
}

export interface SettingsReport {
  readonly host: string;
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly changed: readonly string[];
  readonly keptBack: readonly string[];
  /** Where on the host the whole difference lies. */
  readonly diff: string;
}

export interface StepReport {
  readonly host: string;
  readonly id: string;
  readonly phase: Phase;
  /** Milliseconds since 1970 by the runner's clock. */
  readonly started: number;
  readonly ended: number;
  readonly rc: number;
}

export interface PlannedStep {
  readonly phase: Phase;
  readonly stage: string;
  readonly host: string;
  readonly title: string;
  readonly commands: readonly string[];
}

export interface FailureReport {
  readonly what: string;
  readonly mistakes: readonly Mistake[];
  readonly host: string | null;
  readonly command: string | null;
  readonly output: string;
  readonly state: string;
  readonly next: string;
}
