import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The blocks of shell below a heading of a page in `docs/`, in their order, without their indent. */
export function shellBlocks(page: string, heading: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', page), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)];
  if (blocks.length === 0) {
    throw new Error(`docs/${page} has no shell below "${heading}"`);
  }
  return blocks.map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}
