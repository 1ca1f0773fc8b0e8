import { relative } from 'node:path';
import { checkInventory } from '../domain/check-inventory.ts';
import type { Mistake } from '../domain/errors.ts';
import type { SiteInventory } from '../domain/inventory.ts';
import { knownNames } from '../domain/known-names.ts';
import { type Draft, draftOf, refuse, unreadable } from './draft.ts';
import { inventorySchema } from './inventory-schema.ts';
import { normaliseInventory } from './normalise.ts';
import { readInside } from './read-inside.ts';

/** No inventory that is given as text instead of a path is larger. */
const MOST_CHARACTERS = 2 ** 20;

/**
 * Loads an inventory from a path in the workspace, or from its text (of several lines, or in braces).
 * @throws ConfigurationError with every mistake in it
 */
export function loadInventory(
  pathOrText: string,
  { workspace }: { readonly workspace: string },
): SiteInventory {
  const draft = readInventory(pathOrText, workspace);
  const own =
    draft.value === null ? [] : checkInventory(draft.value, knownNames(null, draft.raw)).map(draft.place);
  return finishInventory(draft, [...draft.mistakes, ...own]);
}

/** The inventory of a draft, when nothing is wrong. */
export function finishInventory(draft: Draft<SiteInventory>, mistakes: readonly Mistake[]): SiteInventory {
  refuse(mistakes);
  if (draft.value === null) {
    throw new TypeError('an inventory without mistakes has a value');
  }
  return draft.value;
}

/** Reads the file or the text. */
export function readInventory(pathOrText: string, workspace: string): Draft<SiteInventory> {
  if (/\n|^\s*\{/.test(pathOrText)) {
    return pathOrText.length > MOST_CHARACTERS
      ? unreadable('inventory', `found ${pathOrText.length} characters, expected at most ${MOST_CHARACTERS}`)
      : draftOf(pathOrText, 'inventory', inventorySchema, normaliseInventory);
  }
  const read = readInside(workspace, pathOrText);
  if ('problem' in read) {
    return unreadable(pathOrText, read.problem);
  }
  const shown = relative(workspace, read.path);
  return draftOf(read.text, shown.startsWith('..') ? pathOrText : shown, inventorySchema, normaliseInventory);
}
