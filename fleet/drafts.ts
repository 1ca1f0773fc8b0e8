import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isGone, killGroup } from './cgroup.ts';
import { withLock } from './lock.ts';
import { clearOverlay, mountOverlay, overlayAt, unmountOverlay } from './overlay.ts';
import { CACHE } from './paths.ts';

/** A layer in the making: where it is mounted, and the group of what runs in it. */
export interface Draft {
  root: string;
  group: string;
}

/**
 * Lets `work` write into a new layer over a base and keeps that under `key`, or returns what was kept before.
 * A kept layer is never written again.
 */
export async function kept(
  key: string,
  base: string,
  announce: () => void,
  work: (draft: Draft) => Promise<unknown>,
): Promise<string> {
  const layer = join(CACHE, key);
  return withLock(`${layer}.lock`, async () => {
    if (existsSync(layer)) return layer;
    announce();
    // The pid tells `sweep` whether anybody still works on it.
    const folder = mkdtempSync(join(CACHE, `draft-${process.pid}-`));
    const overlay = overlayAt(folder);
    try {
      await mountOverlay(overlay, [base]);
      await work({ root: overlay.root, group: basename(folder) });
      await unmountOverlay(overlay);
      renameSync(overlay.upper, layer);
    } finally {
      await removeDraft(folder);
    }
    return layer;
  });
}

async function removeDraft(folder: string): Promise<void> {
  const overlay = overlayAt(folder);
  await unmountOverlay(overlay);
  clearOverlay(overlay);
  rmSync(folder, { recursive: true, force: true });
}

/** Takes away what builds left that were killed. */
export async function sweep(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || lives(Number(pid))) continue;
    await killGroup(name);
    await removeDraft(join(CACHE, name));
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
