/** Who works on a host now. Written into the lock, shown to whoever finds it held. */
export interface Owner {
  /** Equal for all jobs and attempts of one workflow run; outside Actions, for one process. */
  readonly key: string;
  readonly run: string;
  readonly actor: string;
  /** Where a person can look, or empty. */
  readonly link: string;
  /** Milliseconds since 1970, by the runner's clock. */
  readonly since: number;
  /** The process, where there is no workflow run: its death is proof that the lock is free. */
  readonly process: OwnerProcess | null;
}

/** Where a process can be looked for, and which one it is: pids are only known within a boot and a namespace. */
export interface OwnerProcess {
  /** The machine's id and its name. */
  readonly machine: string;
  /** The namespace of the pid, as `pid:[4026531836]`: a container has its own. */
  readonly namespace: string;
  readonly bootId: string;
  readonly pid: number;
  /** Field 22 of /proc/PID/stat. */
  readonly start: string;
}

/** A lock that this process holds: the same id on every host, an epoch for each. */
export interface HeldLock {
  readonly id: string;
  readonly epochs: ReadonlyMap<string, number>;
}

/** What became of a lock's owner. */
export type Fate =
  /** Its process is dead. */
  | { readonly kind: 'dead' }
  /** Its workflow run is over; what it began on a host may still run. */
  | { readonly kind: 'over' }
  /** It lives, or nobody can say. */
  | { readonly kind: 'unproved'; readonly why: string };

/** A workflow run by its address: that of the server, `owner/name`, and its id. */
export interface WorkflowRun {
  readonly server: string;
  readonly repository: string;
  readonly run: string;
}

/** The owner's key of a workflow run. */
export function keyOfRun({ server, repository, run }: WorkflowRun): string {
  return `run ${server}/${repository} ${run}`;
}

/** The workflow run that an owner is; null where it is none. */
export function runOf({ key }: Pick<Owner, 'key'>): WorkflowRun | null {
  const [, server, repository, run] = /^run (https?:\/\/[^\s/]+)\/([\w.-]+\/[\w.-]+) (\d+)$/.exec(key) ?? [];
  return server === undefined || repository === undefined || run === undefined
    ? null
    : { server, repository, run };
}

/**
 * Reads an owner as a lock has it.
 * @throws SyntaxError or TypeError for text that is no owner: somebody wrote into the lock by hand
 */
export function parseOwner(text: string): Owner {
  const value = { actor: '', link: '', process: null, ...(JSON.parse(text) as object) } as Owner;
  const { key, run, actor, link, since } = value;
  if ([key, run, actor, link].some((field) => typeof field !== 'string') || !isTime(since)) {
    throw new TypeError(`not a lock's owner: ${text.slice(0, 200)}`);
  }
  return value;
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && !Number.isNaN(new Date(value).getTime());
}

/** One line about the owner of a lock, for an error. */
export function describeOwner(id: string, owner: Owner): string {
  const since = new Date(owner.since).toISOString();
  const where = owner.link === '' ? '' : ` (${owner.link})`;
  return `${owner.run}${where}, started by ${owner.actor || 'an unknown actor'} at ${since}, lock ${id}`;
}
