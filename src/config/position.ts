import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
} from 'yaml';
import type { KeyPath } from '../domain/problem.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a path's value, or its key, stands in the file. A path that the file does not have leads to the last
 * part that it has.
 */
export function positionOf(
  document: Document,
  lines: LineCounter,
  path: KeyPath,
  at: 'key' | 'value',
): Position {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, part] of path.entries()) {
    const found = child(resolved(document, node), part);
    if (found === null) {
      break;
    }
    const last = index === path.length - 1;
    offset = startOf(last && at === 'value' ? (found.value ?? found.key) : (found.key ?? found.value));
    node = found.value;
  }
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function child(node: unknown, part: string | number): { key: unknown; value: unknown } | null {
  if (isSeq(node)) {
    const value = node.items[Number(part)];
    return value === undefined ? null : { key: null, value };
  }
  const pair = isMap(node) ? node.items.find(({ key }) => keyText(key) === String(part)) : undefined;
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

/** A key as the text that it becomes in JavaScript. */
export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? (node as Alias).resolve(document) : node;
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
