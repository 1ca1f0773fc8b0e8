import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Manifest {
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
}

/** The inputs of an action that have a default, as the runner sets them; an expression counts as empty. */
export function inputDefaults(action: string): Record<string, string> {
  const root = join(import.meta.dirname, '..');
  const file = action === 'upgrade' ? join(root, 'action.yml') : join(root, 'actions', action, 'action.yml');
  const { inputs = {} } = parse(readFileSync(file, 'utf8')) as Manifest;
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value = '' }]) => [
      name,
      value.includes('${{') ? '' : value,
    ]),
  );
}
