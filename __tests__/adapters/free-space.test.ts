import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { freeSpace } from '../../src/adapters/free-space.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('tells what is free, for a folder that is not there by its nearest parent', async () => {
  await using small = await smallFileSystem('1m');
  const [there, missing] = [await freeSpace(small.path), await freeSpace(join(small.path, 'a/b'))];
  expect(there).toEqual(missing);
  expect(there.bytes).toBe(1024 * 1024);
});

it('tells file systems apart', async () => {
  await using small = await smallFileSystem('1m');
  await using folder = await temporaryFolder();
  const [one, other] = [await freeSpace(small.path), await freeSpace(folder.path)];
  expect(one.device).not.toBe(other.device);
  expect((await freeSpace(join(folder.path, 'x'))).device).toBe(other.device);
});
