import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LockedPackage {
  readonly dev?: boolean;
  readonly license?: string;
  readonly version?: string;
}

/**
 * The licences of all packages that the bundle may hold: every one that the lock file does not keep for development.
 * The bundler's own list leaves out modules that it has merged into others.
 * @param root the project's folder, with node_modules
 */
export async function licenses(root: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const used = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const texts = await Promise.all(used.map(([path, locked]) => entry(root, path, locked)));
  return [...new Set(texts.filter((text) => text !== ''))].sort().join('\n');
}

async function entry(root: string, path: string, { license = '' }: LockedPackage): Promise<string> {
  const folder = join(root, path);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) {
    // Optional, and not for this kind of machine: it is not in the bundle.
    return '';
  }
  const file = names.sort().find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text =
    file === undefined ? '' : (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return `${name}\n${license || '(its package names no licence)'}\n${text}\n`;
}
