import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** No plan, inventory, script or file of settings is larger. */
const MOST_BYTES = 2 ** 20;

export type ReadFile = { readonly text: string; readonly path: string } | { readonly problem: string };

/**
 * Reads a UTF-8 text file that lies in a folder once all links are followed.
 * @returns its text and real path, or why not
 */
export function readInside(folder: string, name: string): ReadFile {
  try {
    const real = realpathSync(resolve(folder, name));
    if (!isInside(realpathSync(folder), real)) {
      return { problem: 'the path leaves its folder' };
    }
    // Asked before it is opened: opening a pipe would wait for its writer.
    const { size, ...stats } = statOf(real);
    if (!stats.isFile) {
      return { problem: 'not a regular file' };
    }
    return size > MOST_BYTES
      ? { problem: `found ${size} bytes, expected at most ${MOST_BYTES}` }
      : decode(readFileSync(real), real);
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Is the path below the folder? Both are real paths. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function statOf(path: string): { isFile: boolean; size: number } {
  const stats = statSync(path);
  return { isFile: stats.isFile(), size: stats.size };
}

function decode(bytes: Buffer, path: string): ReadFile {
  if (bytes.includes(0)) {
    return { problem: 'found a NUL byte, expected text' };
  }
  return isUtf8(bytes)
    ? { text: new TextDecoder().decode(bytes), path }
    : { problem: 'found bytes that are not UTF-8, expected text' };
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'not readable',
  ELOOP: 'a circle of links',
  ENAMETOOLONG: 'the name is too long',
};

function reasonOf(error: unknown): string {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  if (reason === undefined) {
    throw error;
  }
  return reason;
}
