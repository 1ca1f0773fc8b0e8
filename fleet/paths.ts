import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the fleet's own sources. */
export const FLEET_SOURCES = dirname(fileURLToPath(import.meta.url));

/** What was built and can be built again, shared by all fleets of this machine. */
export const CACHE = '/var/cache/synnefo-upgrade-fleet';

/** Held shared from the building of layers until a fleet's state names them. */
export const CACHE_LOCK = `${CACHE}/cache.lock`;

/** What belongs to one fleet: uppers, keys, repository, logs. A real disk: overlayfs wants one for its uppers. */
export const STATE = '/var/lib/synnefo-upgrade-fleet';

/** Short stable digest of strings. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 12);
}

/** Digest of a file, or of all files below a folder: names, modes and bytes. */
export function digestOfTree(path: string): string {
  const parts: string[] = [];
  const walk = (current: string): void => {
    const stat = statSync(current);
    if (!stat.isDirectory()) {
      parts.push(current.slice(path.length), String(stat.mode & 0o777), readFileSync(current, 'latin1'));
      return;
    }
    for (const name of readdirSync(current).sort()) walk(join(current, name));
  };
  walk(path);
  return digest(...parts);
}

/** Name of the fleet of this checkout: the folder's name and a digest of its path, so that two do not collide. */
export function defaultName(): string {
  const checkout = dirname(FLEET_SOURCES);
  const word = basename(checkout)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 12);
  return `${word || 'fleet'}-${digest(checkout).slice(0, 6)}`;
}
