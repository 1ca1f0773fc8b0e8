import { beneathTheStack } from './beneath.ts';
import { globMatches } from './glob.ts';
import { type PackageRecord, parsePackageRecords, recordKey } from './package-records.ts';

/** What apt would do, or did, to the packages of one host. */
export interface Transaction {
  readonly changes: readonly PackageChange[];
  readonly removals: readonly PackageRemoval[];
  /** Packages on hold that would change all the same. */
  readonly held: readonly string[];
}

export interface PackageChange {
  readonly name: string;
  readonly architecture: string;
  /** The version that is there now; null for a new package. */
  readonly from: string | null;
  readonly to: string;
  /** Where it comes from, in apt's words: `Debian:12.15/oldstable`; empty when its repository has no name. */
  readonly origin: string;
  /** Of the .deb (hex), as the package list has it from which apt takes it; null where that list has none. */
  readonly sha256: string | null;
}

export interface PackageRemoval {
  readonly name: string;
  readonly version: string;
}

/**
 * Reads what `apt-get -s install` printed, untranslated, and after it the records of the package lists.
 * @throws Error with the line that was not understood
 */
export function parseTransaction(stdout: string): Transaction {
  const lines = stdout.split('\n');
  const records = parsePackageRecords(stdout);
  return {
    changes: lines.filter((line) => line.startsWith('Inst ')).map((line) => parseChange(line, records)),
    removals: lines.filter((line) => /^(Remv|Purg) /.test(line)).map(parseRemoval),
    held: heldIn(lines),
  };
}

/** What apt itself said that it would do, a line each, and their count: without the lists and the records around it. */
export function aptsWords(stdout: string): string {
  return stdout
    .split('\n')
    .filter((line) => /^(?:(?:Inst|Conf|Remv|Purg) |\d+ upgraded, )/.test(line))
    .join('\n');
}

function parseChange(line: string, records: ReadonlyMap<string, PackageRecord>): PackageChange {
  const match = /^Inst (\S+) (?:\[([^\]]+)\] )?\((\S+) ?(.*?) ?\[([^\]]+)\]\)/.exec(line);
  const [, written = '', from = null, to = '', origin = '', architecture = ''] = match ?? [];
  if (match === null) {
    throw new Error(`apt's simulation is not understood: ${JSON.stringify(line)}`);
  }
  const name = written.split(':')[0] ?? '';
  const sha256 = records.get(recordKey(name, to, architecture))?.sha256 ?? null;
  return { name, architecture, from, to, origin, sha256 };
}

function parseRemoval(line: string): PackageRemoval {
  const match = /^(?:Remv|Purg) (\S+) \[([^\]]+)\]/.exec(line);
  if (match === null) {
    throw new Error(`apt's simulation is not understood: ${JSON.stringify(line)}`);
  }
  return { name: match[1] ?? '', version: match[2] ?? '' };
}

/** The indented lines below apt's heading. */
function heldIn(lines: readonly string[]): string[] {
  const heading = lines.indexOf('The following held packages will be changed:');
  const rest = heading < 0 ? [] : lines.slice(heading + 1);
  const end = rest.findIndex((line) => !line.startsWith('  '));
  return rest.slice(0, end).flatMap((line) => line.trim().split(/\s+/));
}

export interface TransactionRules {
  /** The plan's own packages: what it names may change whatever it is. */
  readonly packages: readonly string[];
  /** Names or globs of further packages that the plan permits to change or go. */
  readonly allow: readonly string[];
  readonly beneath?: readonly string[];
  /** As dpkg compares: negative when the first version is older. */
  readonly compare: (a: string, b: string) => number;
}

/** The packages whose content nobody can name before it is there, in words. */
export function withoutHash({ changes }: Transaction): string[] {
  return changes
    .filter(({ sha256 }) => sha256 === null)
    .map(
      ({ name, to }) =>
        `the package list that has ${name} ${to} has no SHA-256 of it: its version can be approved, its content cannot`,
    );
}

const PERMITTED = ' (a plan permits it by apt.allow)';

/** Why this transaction may not be done, in words, one a package; empty when it may. */
export function judgeTransaction(transaction: Transaction, rules: TransactionRules): string[] {
  const { packages, allow, beneath = beneathTheStack, compare } = rules;
  const allowed = (name: string): boolean => matchesAny(allow, name);
  const named = (name: string): boolean => packages.includes(name) || allowed(name);
  const removals = transaction.removals
    .filter(({ name }) => !allowed(name))
    .map(({ name, version }) => `${name} ${version} would be removed${PERMITTED}`);
  const changes = transaction.changes.flatMap(({ name, from, to }) => {
    if (from !== null && compare(to, from) < 0) {
      return [`${name} would be downgraded from ${from} to ${to}`];
    }
    return matchesAny(beneath, name) && !named(name)
      ? [
          `${name} lies beneath the stack and would be ${from === null ? `installed as ${to}` : `changed from ${from} to ${to}`}${PERMITTED}`,
        ]
      : [];
  });
  const held = transaction.held
    .filter((name) => !allowed(name))
    .map((name) => `${name} is on hold and would be changed${PERMITTED}`);
  return [...removals, ...changes, ...held];
}

function matchesAny(globs: readonly string[], name: string): boolean {
  return globs.some((glob) => globMatches(glob, name));
}

/** What the whole upgrade changes: from what was there at its beginning to what comes now. */
export function joinTransactions(before: Transaction | null, now: Transaction): Transaction {
  const keyOf = ({ name, architecture }: PackageChange): string => `${name}:${architecture}`;
  const earlier = new Map((before?.changes ?? []).map((change) => [keyOf(change), change]));
  const changed = new Set(now.changes.map(keyOf));
  return {
    ...now,
    changes: [
      ...[...earlier.values()].filter((change) => !changed.has(keyOf(change))),
      ...now.changes.map((change) => ({ ...change, from: earlier.get(keyOf(change))?.from ?? change.from })),
    ],
    removals: [...(before?.removals ?? []), ...now.removals],
    held: [...new Set([...(before?.held ?? []), ...now.held])],
  };
}
