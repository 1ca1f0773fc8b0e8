import type { Approval, ApprovedChange } from './approval.ts';
import { canonicalText, isRecord } from './canonical.ts';

/** Characters of a value that a line shows. */
const SHOWN = 200;

/** Characters of a hash that a line shows. */
const SHOWN_HASH = 16;

interface Difference {
  readonly path: readonly string[];
  readonly approved: unknown;
  readonly now: unknown;
}

/**
 * What of an upgrade is otherwise than approved, a line each.
 * @param approved a document as `approvalOf` makes it, read back from JSON
 */
export function driftLines(approved: unknown, now: Approval): string[] {
  return differences([], approved, now).map(
    ({ path, approved: before, now: after }) =>
      `${labelOf(path)}: approved ${shown(before)}, now ${shown(after)}`,
  );
}

/** Goes down to what a person would name: a package with its versions is one thing, and so is a list of words. */
function differences(path: readonly string[], approved: unknown, now: unknown): Difference[] {
  if (isWhole(approved) || isWhole(now)) {
    return canonicalText(approved) === canonicalText(now) ? [] : [{ path, approved, now }];
  }
  const [before, after] = [approved, now] as Readonly<Record<string, unknown>>[];
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return keys.flatMap((key) => differences([...path, key], before?.[key], after?.[key]));
}

/** Is it shown as one thing: no map, no list of maps, or a package's change? */
function isWhole(value: unknown): boolean {
  const maps = Array.isArray(value) ? value.length > 0 && value.every(isRecord) : isRecord(value);
  return !maps || isChange(value);
}

function isChange(value: unknown): value is ApprovedChange {
  return isRecord(value) && 'from' in value && 'to' in value && 'sha256' in value;
}

/** As `web1: the package libpq5:amd64`. */
function labelOf(path: readonly string[]): string {
  const [section = '', name = '', key = '', ...rest] = path;
  const part = key === 'sha256' ? 'its text (SHA-256)' : key;
  const inside = (what: string): string => [what, ...(key === '' ? [] : [part]), ...rest].join(': ');
  switch (section) {
    case 'hosts':
      return rest.length === 0 ? inside(name) : `${name}: ${partOf(key)}${rest.join(': ')}`;
    case 'steps':
      return inside(`the step ${name}`);
    case 'roles':
      return inside(`the role ${name}`);
    case 'databases':
      return inside(`the database ${name}`);
    case 'order':
      return `the order of ${name}`;
    case 'irreversible':
      return 'what cannot be undone';
    default:
      return path.join(': ');
  }
}

/** What the maps of a host hold. */
function partOf(key: string): string {
  const parts: Readonly<Record<string, string>> = {
    services: 'the service ',
    packages: 'the wanted version of ',
    changes: 'the package ',
    removals: 'the removal of ',
  };
  return parts[key] ?? `${key}: `;
}

function shown(value: unknown): string {
  if (isChange(value)) {
    return `${value.from ?? '(new)'} -> ${value.to} (SHA-256 ${value.sha256?.slice(0, SHOWN_HASH) ?? 'unknown'})`;
  }
  const text = textOf(value).replace(/\s+/g, ' ');
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    return 'nothing';
  }
  const words = Array.isArray(value) && value.every((part) => typeof part === 'string');
  return typeof value === 'string' ? value : words ? value.join(', ') : JSON.stringify(value);
}
