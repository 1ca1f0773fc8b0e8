import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { FreeSpace } from '../domain/facts.ts';
import { ignoreMissing } from './new-file.ts';

/** What may still be written where a folder of this machine is, or where its nearest parent is. */
export async function freeSpace(folder: string): Promise<FreeSpace> {
  const path = resolve(folder);
  const found = await stat(path).catch(ignoreMissing);
  if (found === undefined && path !== '/') {
    return await freeSpace(dirname(path));
  }
  const { bavail, bsize } = await statfs(path);
  return { bytes: bavail * bsize, device: String(found?.dev ?? '') };
}
