import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureDebianPackages } from '../../scripts/debian-packages.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { FileExistsError } from '../../src/adapters/new-file.ts';
import { UpgradeError } from '../../src/domain/errors.ts';
import { ageKey } from '../support/age-key.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('DumpFile', () => {
  beforeAll(() => ensureDebianPackages(['age']), 300_000);

  it('writes the bytes as they are without recipients', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.dump');
    const dump = await DumpFile.create(path);
    const plain = await feed(dump, 300_000);
    const content = { sha256: sha256(plain), bytes: plain.length };
    expect(await dump.finish()).toEqual({ file: path, plain: content, stored: content });
    expect((await readFile(path)).equals(plain)).toBe(true);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
  });

  it('encrypts so that the age command of Debian decrypts it', async () => {
    await using folder = await temporaryFolder();
    const { identity, recipient } = await ageKey();
    const path = join(folder.path, 'a.dump.age');
    const dump = await DumpFile.create(path, { recipients: [recipient] });
    const plain = await feed(dump, 300_000);
    const finished = await dump.finish();
    const file = await readFile(path);
    expect(finished.plain).toEqual({ sha256: sha256(plain), bytes: plain.length });
    expect(finished.stored).toEqual({ sha256: sha256(file), bytes: file.length });

    await writeFile(join(folder.path, 'key'), identity, { mode: 0o600 });
    const options = { encoding: 'buffer', maxBuffer: 1 << 20 } as const;
    const { stdout } = await run('age', ['--decrypt', '--identity', join(folder.path, 'key'), path], options);
    expect(stdout.equals(plain)).toBe(true);
  });

  it('has nothing under its name before it is whole, and no plain text ever', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.dump.age');
    const dump = await DumpFile.create(path, { recipients: [(await ageKey()).recipient] });
    for (let line = 0; line < 5000; line++) {
      await dump.write(Buffer.from('COPY auth_user (id, username, password) FROM stdin;\n'));
    }
    const [part = '', ...others] = await readdir(folder.path);
    expect([part.startsWith('.a.dump.age.'), others]).toEqual([true, []]);
    expect((await readFile(join(folder.path, part))).includes('auth_user')).toBe(false);
    await dump.finish();
    expect(await readdir(folder.path)).toEqual(['a.dump.age']);
    expect((await readFile(path)).includes('auth_user')).toBe(false);
  });

  it.each([[[]], [['with recipients']]])(
    'leaves nothing behind when it is not finished %j',
    async (encrypted) => {
      await using folder = await temporaryFolder();
      const recipients = encrypted.length > 0 ? [(await ageKey()).recipient] : [];
      {
        await using dump = await DumpFile.create(join(folder.path, 'a.dump'), { recipients });
        await feed(dump, 300_000);
      }
      expect(await readdir(folder.path)).toEqual([]);
    },
  );

  it('stays when its scope is left after the end', async () => {
    await using folder = await temporaryFolder();
    {
      await using dump = await DumpFile.create(join(folder.path, 'a.dump'));
      await dump.finish();
    }
    expect(await readdir(folder.path)).toEqual(['a.dump']);
  });

  it('never replaces a file, neither one that was there nor one that came up meanwhile', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a.dump');
    const late = await DumpFile.create(path);
    await writeFile(path, 'the first');
    await expect(DumpFile.create(path)).rejects.toThrow(FileExistsError);
    await expect(late.finish()).rejects.toThrow(FileExistsError);
    expect(await readFile(path, 'utf8')).toBe('the first');
    expect(await readdir(folder.path)).toEqual(['a.dump']);
  });

  it.each([[[]], [['with recipients']]])(
    'says that the disk is full and leaves nothing %j',
    async (encrypted) => {
      await using disk = await smallFileSystem('1m');
      const recipients = encrypted.length > 0 ? [(await ageKey()).recipient] : [];
      await using dump = await DumpFile.create(join(disk.path, 'a.dump'), { recipients });
      const error = await feed(dump, 3 << 20).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UpgradeError);
      expect(error).toMatchObject({
        message: expect.stringContaining('no space left'),
        cause: { code: 'ENOSPC' },
      });
      expect(await readdir(disk.path)).toEqual([]);
    },
  );

  it('tells how far it is', async () => {
    await using folder = await temporaryFolder();
    let now = 0;
    const reports: number[] = [];
    const options = { now: () => (now += 1000), interval: 3000, expectedBytes: 1000 };
    await using dump = await DumpFile.create(join(folder.path, 'a.dump'), {
      ...options,
      onProgress: ({ bytes }) => reports.push(bytes),
    });
    await feed(dump, 300_000);
    expect(reports).toEqual([120_000, 210_000, 300_000]);
  });

  it('moves 300 MB through encryption in bounded memory', async () => {
    await using folder = await temporaryFolder();
    const script = join(import.meta.dirname, '../support/large-dump.ts');
    const { stdout } = await run(process.execPath, [script, join(folder.path, 'a.dump.age')]);
    const { plainBytes, storedBytes, kibibytes } = JSON.parse(stdout);
    expect(plainBytes).toBe(300 << 20);
    // A header, and 16 bytes for each chunk of 64 KiB.
    expect(storedBytes - plainBytes).toBeGreaterThan(4800 * 16);
    expect(kibibytes).toBeLessThan(200 << 10);
  }, 120_000);
});

/** Writes random bytes, 30,000 at a time, as a host would send them. */
async function feed(dump: DumpFile, size: number): Promise<Buffer> {
  const plain = randomBytes(size);
  for (let start = 0; start < size; start += 30_000) {
    await dump.write(plain.subarray(start, start + 30_000));
  }
  return plain;
}
