import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, run } from './process.ts';

/** Folders of one overlay: what is written goes to `upper`, the whole is seen at `root`. */
export interface Overlay {
  upper: string;
  work: string;
  root: string;
}

export function overlayAt(folder: string): Overlay {
  return { upper: join(folder, 'upper'), work: join(folder, 'work'), root: join(folder, 'root') };
}

/** Mounts `layers` (topmost first) with a writable upper; keeps what the upper already holds. */
export async function mountOverlay(overlay: Overlay, layers: readonly string[]): Promise<void> {
  for (const folder of Object.values(overlay)) mkdirSync(folder, { recursive: true });
  const options = `lowerdir=${layers.join(':')},upperdir=${overlay.upper},workdir=${overlay.work}`;
  await run('mount', ['-t', 'overlay', 'overlay', '-o', options, overlay.root]);
}

/** Unmounts, whatever is mounted there, however often; nothing mounted is fine. */
export async function unmountOverlay(overlay: Overlay): Promise<void> {
  while ((await attempt('mountpoint', ['-q', overlay.root])).code === 0) {
    await run('umount', ['--recursive', overlay.root]);
  }
}

/** Forgets what was written. The overlay must not be mounted. */
export function clearOverlay(overlay: Overlay): void {
  rmSync(overlay.upper, { recursive: true, force: true });
  rmSync(overlay.work, { recursive: true, force: true });
}
