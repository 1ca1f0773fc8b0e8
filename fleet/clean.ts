import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sweep } from './drafts.ts';
import { withLock } from './lock.ts';
import { CACHE, CACHE_LOCK } from './paths.ts';
import { allIds, readState } from './state.ts';

/**
 * Removes every layer, base and repository that no fleet of this machine stands on, and what killed builds left.
 * Returns the names. Waits for fleets that are being brought up: they stand on layers that no state names yet.
 */
export async function clean(): Promise<string[]> {
  await sweep();
  return withLock(CACHE_LOCK, removeUnused);
}

async function removeUnused(): Promise<string[]> {
  const states = allIds().map((id) => readState(id));
  const used = new Set(
    states.flatMap((state) => [state?.repository, ...Object.values(state?.layers ?? {}).flat()]),
  );
  const kept = readdirSync(CACHE).filter((name) => /^(base|host|seeds|repository)-[a-z0-9-]+$/.test(name));
  const unused = kept.filter((name) => !used.has(join(CACHE, name)));
  for (const name of unused) {
    const path = join(CACHE, name);
    rmSync(path, { recursive: true, force: true });
    rmSync(`${path}.lock`, { force: true });
  }
  return unused;
}
