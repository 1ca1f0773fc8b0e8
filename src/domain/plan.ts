import type { Repeat } from './step.ts';

/** Constraints on a Debian version, all of which must hold: `>= 0.15, < 0.16~`. */
export type VersionRange = string;

/** What an upgrade is, whatever the environment. Keys are the file's own. */
export interface Plan {
  schema: 1;
  name: string;
  versions: Versions;
  apt: {
    /** Apt's `-t`: the release to take packages from. */
    release?: string;
    /** Names or globs of packages beneath the stack, or removals, that the transaction may hold. */
    allow: string[];
  };
  /** Every service of every role, exactly once. */
  'stop-order': string[];
  /** Every service of every role, exactly once. */
  'start-order': string[];
  answers: Answer[];
  /** An entry for every service of every role. */
  services: Record<string, Service>;
  roles: Record<string, Role>;
  /** `before` is always in, and first. */
  dumps: DumpPoint[];
  steps: PlanStep[];
}

/** When a database is dumped. */
export type DumpPoint = 'before' | 'after-migrate' | 'after-steps';

/** Keys of `from` and `to` are package names or globs; `ruleFor` finds the one that counts. */
export interface Versions {
  /** What must hold before. */
  from: Record<string, VersionRange>;
  /** What must hold after; every package of every role has a rule. */
  to: Record<string, VersionRange | 'any'>;
  /** Groups of packages whose versions must be equal, on a host and across hosts. */
  same: string[][];
}

/** What to say when a step asks: `prompt` is a part of the question. */
export interface Answer {
  prompt: string;
  say: string;
}

export interface Service {
  /** How to know its processes, where the init system's own word can't be trusted. */
  process?: ServiceProcess;
}

export interface ServiceProcess {
  pidfile?: string;
  executable?: string;
  /** A part of the command line. */
  arguments?: string;
  user?: string;
}

export interface Role {
  services: string[];
  packages: string[];
  /** Do the packages change the database while they are installed? Then one host installs after the other. */
  serial: boolean;
  /** A key of the inventory's databases. */
  database?: string;
  /** In this order, on the first host of the role. */
  migrate: Migration[];
  /** A command that prints what the database is at; its output is compared. */
  schema?: string;
  /** A regular expression: a line of `schema`'s output that matches is a pending migration. */
  pending?: string;
  /** A regular expression that some line of `schema`'s output matches when nothing is pending. */
  head?: string;
  health: HealthCheck[];
}

export interface Migration {
  run: string;
  repeat: Exclude<Repeat, 'ask'>;
  /** Seconds after which the waiting ends; the migration itself is never ended. */
  'time-limit': number;
}

/** A request that is made on each host of the role, through its connection. */
export interface HealthCheck {
  /** An http URL as the host itself sees it. */
  http: string;
  header: Record<string, string | { secret: string }>;
  status: number;
  /** What the answer's body must hold. */
  body?: string;
  /** What of it must hold before the upgrade as well: all of it, the status alone, or nothing. */
  before: 'same' | 'status' | 'nothing';
  /** Seconds until which it must have answered as expected. */
  within: number;
}

/** The phase that a step follows. */
export type StepPoint = 'prepare' | 'stop' | 'install' | 'migrate';

/** A script to run or a file to place: exactly one of `run`, `script` and `file`. */
export interface PlanStep {
  name: string;
  after: StepPoint;
  /** On every host of these roles, */
  roles: string[];
  /** and on these hosts. */
  hosts: string[];
  /** On the first host of the roles only. */
  once: boolean;
  /** Bash. */
  run?: string;
  /** A script's path, relative to the plan's folder and inside it. */
  script?: string;
  file?: FileToPlace;
  env: Record<string, string>;
  /** Names of the runner's environment variables whose values the script gets under the same names. */
  secrets: string[];
  /** A command: where it ends 0, the step has nothing to do. */
  unless?: string;
  /** Seconds. */
  'time-limit': number;
  repeat: Repeat;
}

/** Exactly one of `source` and `content`. */
export interface FileToPlace {
  /** A path relative to the plan's folder and inside it. */
  source?: string;
  content?: string;
  /** Where it goes: absolute. */
  path: string;
  owner: string;
  group: string;
  /** Four octal digits, as `0644`. */
  mode: string;
}

/** All services of all roles, once each, in the order in which roles and their lists name them. */
export function servicesOf(plan: Pick<Plan, 'roles'>): string[] {
  return [...new Set(Object.values(plan.roles).flatMap((role) => role.services))];
}

/** All packages of all roles, once each, in the order in which roles and their lists name them. */
export function packagesOf(plan: Pick<Plan, 'roles'>): string[] {
  return [...new Set(Object.values(plan.roles).flatMap((role) => role.packages))];
}
