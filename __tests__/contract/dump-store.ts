import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hashFile } from '../../src/adapters/file-hash.ts';
import type { DumpStore, StoredDump } from '../../src/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A store to be tested, and a way round it. */
export interface StoreUnderTest extends AsyncDisposable {
  readonly store: DumpStore;
  /** A file with the bytes that the store holds. */
  fileOf(stored: StoredDump): Promise<string>;
  /** Removes the dump behind the store's back. */
  lose(stored: StoredDump): Promise<void>;
  /** How many dumps the store holds. */
  count(): Promise<number>;
}

/** What every store of dumps does. */
export function describeDumpStore(name: string, open: (folder: string) => Promise<StoreUnderTest>): void {
  async function withStore(test: (under: StoreUnderTest, file: string) => Promise<void>, size = 20 << 20) {
    await using folder = await temporaryFolder();
    await using under = await open(folder.path);
    const file = join(folder.path, 'dump.tmp');
    await writeFile(file, randomBytes(size));
    await test(under, file);
  }

  describe(`${name} as a DumpStore`, () => {
    it('keeps the very bytes and tells their hash and length', () =>
      withStore(async ({ store, fileOf }, file) => {
        const stored = await store.put(file, 'accounts-before-1.dump.age');
        const content = await hashFile(file);
        expect(stored).toMatchObject({ kind: store.kind, name: 'accounts-before-1.dump.age', ...content });
        expect(await hashFile(await fileOf(stored))).toEqual(content);
      }));

    it('keeps a copy that does not need the file any more', () =>
      withStore(async ({ store, fileOf }, file) => {
        const stored = await store.put(file, 'a.dump');
        await rm(file);
        expect(await store.has(stored)).toBe(true);
        expect(await hashFile(await fileOf(stored))).toMatchObject({ sha256: stored.sha256 });
      }, 1000));

    it('never replaces a dump of the same name', () =>
      withStore(async ({ store, fileOf, count }, file) => {
        const first = await store.put(file, 'a.dump');
        await writeFile(file, 'something else');
        await expect(store.put(file, 'a.dump')).rejects.toThrow(/a\.dump.* (is there )?already/);
        expect(await hashFile(await fileOf(first))).toMatchObject({ sha256: first.sha256 });
        expect(await count()).toBe(1);
      }, 1000));

    it('keeps dumps of different names side by side', () =>
      withStore(async ({ store, count }, file) => {
        const [first, second] = [await store.put(file, 'a.dump'), await store.put(file, 'b.sql')];
        expect([await store.has(first), await store.has(second), await count()]).toEqual([true, true, 2]);
      }, 1000));

    it('sees that a dump is gone', () =>
      withStore(async ({ store, lose }, file) => {
        const stored = await store.put(file, 'a.dump');
        await lose(stored);
        expect(await store.has(stored)).toBe(false);
      }, 1000));

    it('refuses names that lead elsewhere', () =>
      withStore(async ({ store, count }, file) => {
        for (const bad of ['../a.dump', 'a/b.dump', '.hidden', '', 'a\nb', '-rf', 'a:b']) {
          await expect(store.put(file, bad)).rejects.toThrow('cannot be the name of a stored dump');
        }
        expect(await count()).toBe(0);
      }, 10));

    it('fails without the file, and stores nothing', () =>
      withStore(async ({ store, count }, file) => {
        await expect(store.put(`${file}.missing`, 'a.dump')).rejects.toThrow('ENOENT');
        expect(await count()).toBe(0);
      }, 10));

    it('does not answer for dumps of another kind', () =>
      withStore(async ({ store }, file) => {
        const other = store.kind === 'artifact' ? 'directory' : 'artifact';
        const stored: StoredDump = { kind: other, name: 'a.dump', ...(await hashFile(file)) };
        await expect(store.has(stored)).rejects.toThrow(TypeError);
      }, 10));
  });
}
