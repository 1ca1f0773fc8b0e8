import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

/** A file system of its own that is soon full; needs root. @param size as mount takes it: `1m` */
export async function smallFileSystem(size: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await temporaryFolder();
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'small', folder.path]);
  return {
    path: folder.path,
    async [Symbol.asyncDispose]() {
      await run('umount', [folder.path]);
      await folder[Symbol.asyncDispose]();
    },
  };
}
