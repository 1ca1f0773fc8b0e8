import { globMatches, isGlob } from './glob.ts';
import type { VersionRange } from './plan.ts';
import { compareVersions, isVersion } from './version.ts';

const OPERATORS = {
  '>=': (order: number) => order >= 0,
  '<=': (order: number) => order <= 0,
  '<': (order: number) => order < 0,
  '>': (order: number) => order > 0,
  '=': (order: number) => order === 0,
};

export interface Constraint {
  readonly operator: keyof typeof OPERATORS;
  readonly version: string;
}

/**
 * Reads `>= 0.15, < 0.16~`; a comma means "and".
 * @throws RangeError that says which part is wrong
 */
export function parseRange(range: VersionRange): Constraint[] {
  return range.split(',').map((part) => {
    const match = /^\s*(>=|<=|<|>|=)\s*(\S+)\s*$/.exec(part);
    const [, operator, version] = match ?? [];
    if (operator === undefined || version === undefined || !isVersion(version)) {
      throw new RangeError(`${JSON.stringify(part.trim())} is not one of >= <= < > = and a Debian version`);
    }
    return { operator: operator as Constraint['operator'], version };
  });
}

/** Does the version fulfil the range? `any` takes every one. */
export function satisfies(version: string, range: VersionRange | 'any'): boolean {
  return (
    range === 'any' ||
    parseRange(range).every(({ operator, version: bound }) =>
      OPERATORS[operator](compareVersions(version, bound)),
    )
  );
}

/** The newest of the offers that fulfil the range, or null. */
export function newestIn(range: VersionRange | 'any', offers: readonly string[]): string | null {
  const [newest] = offers
    .filter((offer) => satisfies(offer, range))
    .toSorted((left, right) => compareVersions(right, left));
  return newest ?? null;
}

export interface VersionRule {
  /** The package's name or a glob, as the plan has it. */
  readonly pattern: string;
  readonly range: VersionRange | 'any';
}

/** The rules for a package that nothing more specific beats: a name beats globs, a longer glob a shorter one. */
export function rulesFor(rules: Readonly<Record<string, VersionRange>>, name: string): VersionRule[] {
  const matching = Object.entries(rules)
    .filter(([pattern]) => globMatches(pattern, name))
    .map(([pattern, range]) => ({ pattern, range }));
  const best = Math.max(...matching.map(({ pattern }) => weight(pattern)));
  return matching.filter(({ pattern }) => weight(pattern) === best);
}

/** The one rule that counts for a package, or null. A checked plan has no two that weigh the same. */
export function ruleFor(rules: Readonly<Record<string, VersionRange>>, name: string): VersionRule | null {
  return rulesFor(rules, name)[0] ?? null;
}

function weight(pattern: string): number {
  return isGlob(pattern) ? pattern.length : Number.POSITIVE_INFINITY;
}
