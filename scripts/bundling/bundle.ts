import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { licenses } from './licenses.ts';

const run = promisify(execFile);

/**
 * Compiles src/ to build/ and bundles that into a folder.
 * @param root the project's folder
 * @param out where the bundle goes
 * @throws with the compiler's output when it fails, or when something native came into the bundle
 */
export async function bundle(root: string, out: string): Promise<void> {
  await rm(join(root, 'build'), { recursive: true, force: true });
  await node(root, 'typescript/bin/tsc', '--project', 'tsconfig.build.json');
  const options = ['--out', out, '--no-cache', '--quiet'];
  await node(root, '@vercel/ncc/dist/ncc/cli.js', 'build', 'build/main.js', ...options);
  // For Pageant, an agent of Windows; the runners of this project are Linux machines.
  await rm(join(out, 'pagent.exe'), { force: true });
  await writeFile(join(out, 'licenses.txt'), await licenses(root));
  const names = await readdir(out);
  refuseNative(names);
  for (const name of names) {
    // ncc copies modes from node_modules, and these depend on the umask of whoever installed.
    await chmod(join(out, name), 0o644);
  }
  await Promise.all(
    names.filter((name) => name.endsWith('.js')).map((name) => defineDirname(join(out, name))),
  );
}

async function node(root: string, script: string, ...args: readonly string[]): Promise<void> {
  await run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root });
}

// An addon would be built for the Node of whoever built it: the bundle takes pure JavaScript.
function refuseNative(names: readonly string[]): void {
  const native = names.filter((name) => /\.(node|so|dll|dylib|exe)$/.test(name));
  if (native.length > 0) {
    throw new Error(`native code came into the bundle: ${native.join(', ')} (were install scripts run?)`);
  }
}

// CommonJS packages in the bundle use `__dirname`, which an ES module lacks: https://github.com/vercel/ncc/issues/749
async function defineDirname(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  const header = 'const __filename = import.meta.filename;\nconst __dirname = import.meta.dirname;\n';
  await writeFile(file, header + code);
}
