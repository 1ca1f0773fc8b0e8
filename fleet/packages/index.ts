import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lock.ts';
import type { Log } from '../log.ts';
import { CACHE, digest, digestOfTree, FLEET_SOURCES } from '../paths.ts';
import { createKey, publish } from '../publish.ts';
import { buildPackage } from './build.ts';
import { CATALOGUE } from './catalogue.ts';

/** All stand-in packages in a signed repository; built once, kept under the digest of its sources. */
export async function builtRepository(log: Log): Promise<string> {
  const publishing = digestOfTree(join(FLEET_SOURCES, 'publish.ts'));
  const folder = join(
    CACHE,
    `repository-${digest(digestOfTree(join(FLEET_SOURCES, 'packages')), publishing)}`,
  );
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    log('building the stand-in packages');
    const draft = `${folder}.draft`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(join(draft, 'pool'), { recursive: true });
    await createKey(draft);
    for (const spec of CATALOGUE) {
      for (const release of spec.releases) await buildPackage(spec, release, join(draft, 'pool'));
    }
    await publish(draft);
    renameSync(draft, folder);
    return folder;
  });
}

/** A copy of the repository that one fleet may change. */
export function copyRepository(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
