import { execFile } from 'node:child_process';
import { appendFile, lstat, mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function withDump(test: (folder: string, file: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'dump.tmp');
  await writeFile(file, 'a dump');
  await test(folder.path, file);
}

describe('DirectoryStore', () => {
  it('keeps dumps from other users of the machine', () =>
    withDump(async (folder, file) => {
      const { path = '' } = await new DirectoryStore(join(folder, 'a/b')).put(file, 'a.dump');
      expect((await lstat(path)).mode & 0o777).toBe(0o600);
      expect((await lstat(join(folder, 'a/b'))).mode & 0o777).toBe(0o700);
    }));

  it('leaves the mode of a folder that was there', () =>
    withDump(async (folder, file) => {
      await mkdir(join(folder, 'b'), { mode: 0o750 });
      await new DirectoryStore(join(folder, 'b')).put(file, 'a.dump');
      expect((await lstat(join(folder, 'b'))).mode & 0o777).toBe(0o750);
    }));

  it('sees a dump that was cut, lengthened or changed', () =>
    withDump(async (folder, file) => {
      const store = new DirectoryStore(folder);
      const stored = await store.put(file, 'a.dump');
      const { path = '' } = stored;
      await truncate(path, 5);
      expect(await store.has(stored)).toBe(false);
      await appendFile(path, 'p');
      expect(await store.has(stored)).toBe(true);
      await appendFile(path, '!');
      expect(await store.has(stored)).toBe(false);
      await writeFile(path, 'A dump');
      expect(await store.has(stored)).toBe(false);
    }));

  it('does not read what is no file: a pipe would never end', () =>
    withDump(async (folder, file) => {
      const store = new DirectoryStore(folder);
      const stored = await store.put(file, 'a.dump');
      const { path = '' } = stored;
      await rm(path);
      await promisify(execFile)('mkfifo', [path]);
      expect(await store.has({ ...stored, bytes: 0 })).toBe(false);
      await rm(path);
      await symlink('/dev/zero', path);
      expect(await store.has({ ...stored, bytes: 9 })).toBe(false);
    }));

  it('says that the disk is full and leaves nothing', () =>
    withDump(async (_, file) => {
      await using disk = await smallFileSystem('1m');
      await truncate(file, 3 << 20);
      const put = new DirectoryStore(disk.path).put(file, 'a.dump');
      await expect(put).rejects.toThrow('no space left on this machine for a.dump');
      expect(await readdir(disk.path)).toEqual([]);
    }));
});
