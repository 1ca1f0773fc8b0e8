import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../fleet/lock.ts';

/** Where tools are kept that no package of the project brings: outside of the checkout, once for all of them. */
export const PLACE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'synnefo-upgrade-tools');

/**
 * The folder of a tool, filled once: by one process at a time, and anew when that did not come to its end.
 * @param name of the tool with its version
 */
export async function inPlace(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(PLACE, name);
  await withLock(`${folder}.lock`, async () => {
    const complete = join(folder, '.complete');
    if (!existsSync(complete)) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      process.stderr.write(`installing ${name} in ${PLACE}\n`);
      await fill(folder);
      writeFileSync(complete, '');
    }
  });
  return folder;
}
