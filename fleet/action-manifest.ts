import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Manifest {
  readonly runs: { readonly post?: string; readonly 'post-if'?: string };
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
}

/** When an action's `post` runs: the only conditions that this project's manifests have. */
export type PostCondition = 'never' | 'failure' | 'always';

/** The inputs of an action that have a default, as the runner sets them; an expression counts as empty. */
export function inputDefaults(action: string): Record<string, string> {
  const { inputs = {} } = readManifest(action);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value = '' }]) => [
      name,
      value.includes('${{') ? '' : value,
    ]),
  );
}

/** @throws Error for a condition that is not known here */
export function postCondition(action: string): PostCondition {
  const { post, 'post-if': condition = 'always()' } = readManifest(action).runs;
  if (post === undefined) {
    return 'never';
  }
  if (condition === 'always()') {
    return 'always';
  }
  if (condition !== 'failure() || cancelled()') {
    throw new Error(`${action}: what is the condition ${condition}?`);
  }
  return 'failure';
}

function readManifest(action: string): Manifest {
  const root = join(import.meta.dirname, '..');
  const file = action === 'upgrade' ? join(root, 'action.yml') : join(root, 'actions', action, 'action.yml');
  return parse(readFileSync(file, 'utf8')) as Manifest;
}
