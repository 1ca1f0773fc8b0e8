import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { placeFile } from '../../src/commands/place-file.ts';
import type { FileToPlace } from '../../src/domain/plan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Ran, run } from './support/run.ts';

/** A folder with the journal of an upgrade in it, and a place for files. */
interface Bench extends AsyncDisposable {
  /** Places a file as a step of the upgrade does. */
  place(path: string, content: string, overrides?: Partial<FileToPlace>): Promise<Ran>;
  /** An absolute path for a file. */
  at(name: string): string;
  /** What was kept of a path, as a path. */
  kept(path: string): string;
}

async function aBench(): Promise<Bench> {
  const folder = await temporaryFolder();
  const step = join(folder.path, 'upgrades', 'u1', 'steps', 'run-steps.place');
  await mkdir(step, { recursive: true });
  return {
    at: (name) => join(folder.path, 'etc', name),
    kept: (path) => join(folder.path, 'upgrades', 'u1', 'rollback', 'files', path),
    async place(path, content, overrides = {}) {
      const file = { path, owner: 'root', group: 'root', mode: '0644', ...overrides };
      await writeFile(join(step, 'script'), placeFile(file, content).text);
      return await run({ title: 'place', script: `cd / && exec bash '${join(step, 'script')}'` });
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function write(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, mode);
}

describe('placeFile', () => {
  it('makes a file with its content, owner and mode, and the folders above it', async () => {
    await using bench = await aBench();
    const path = bench.at('deep/er/app.conf');
    const { code, stdout } = await bench.place(path, 'one\ntwo', { mode: '0640', group: 'daemon' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${path} was put in place\n` });
    expect(await readFile(path, 'utf8')).toBe('one\ntwo');
    const { mode, uid, gid } = await stat(path);
    expect({ mode: mode & 0o7777, uid, gid }).toEqual({ mode: 0o640, uid: 0, gid: 1 });
    expect(await readdir(dirname(path))).toEqual(['app.conf']);
  });

  it('keeps every byte, and obeys none of them', async () => {
    await using bench = await aBench();
    const content = `END_OF_FILE\n'"\`$(touch /tmp/never)\` \\ ü \u0000 \t${'x'.repeat(5000)}\n\n`;
    const path = bench.at(`a 'b' "c" $(d) \\e`);
    const { code } = await bench.place(path, content);
    expect(code).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it('places an empty file', async () => {
    await using bench = await aBench();
    await bench.place(bench.at('empty'), '');
    expect((await stat(bench.at('empty'))).size).toBe(0);
  });

  it('keeps what was there, with its mode and times', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await write(path, 'the site edited this\n', 0o600);
    await utimes(path, 1_000_000, 1_000_000);
    await bench.place(path, 'new\n');
    const { mode, mtimeMs } = await stat(bench.kept(path));
    expect(await readFile(bench.kept(path), 'utf8')).toBe('the site edited this\n');
    expect({ mode: mode & 0o777, mtimeMs }).toEqual({ mode: 0o600, mtimeMs: 1_000_000_000 });
    expect(await readFile(path, 'utf8')).toBe('new\n');
  });

  it('keeps the first one for ever, whatever is placed later', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await write(path, 'first\n');
    await bench.place(path, 'second\n');
    await bench.place(path, 'third\n');
    expect(await readFile(bench.kept(path), 'utf8')).toBe('first\n');
    expect(await readFile(path, 'utf8')).toBe('third\n');
  });

  it('remembers that nothing was there, also when it is repeated', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await bench.place(path, 'one\n');
    await bench.place(path, 'two\n');
    expect(await readdir(dirname(bench.kept(path)))).toEqual(['app.conf.absent']);
  });

  it('keeps a link as a link, and does not write through it', async () => {
    await using bench = await aBench();
    const [path, target] = [bench.at('app.conf'), bench.at('target.conf')];
    await write(target, 'behind the link\n');
    await symlink('target.conf', path);
    await bench.place(path, 'new\n');
    expect((await lstat(path)).isSymbolicLink()).toBe(false);
    expect(await readFile(target, 'utf8')).toBe('behind the link\n');
    expect(await readlink(bench.kept(path))).toBe('target.conf');
  });

  it('leaves a file alone that is as it should be', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await write(path, 'same\n');
    await utimes(path, 1_000_000, 1_000_000);
    const { stdout } = await bench.place(path, 'same\n');
    expect(stdout).toBe(`${path} is as it should be\n`);
    expect((await stat(path)).mtimeMs).toBe(1_000_000_000);
  });

  it('mends a mode that is another one', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await write(path, 'same\n', 0o666);
    await bench.place(path, 'same\n');
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  it('leaves what was there when it fails, and nothing half made', async () => {
    await using bench = await aBench();
    const path = bench.at('app.conf');
    await write(path, 'first\n');
    const { code, stderr } = await bench.place(path, 'second\n', { owner: 'nobody-of-that-name' });
    expect(code).not.toBe(0);
    expect(stderr).toContain('nobody-of-that-name');
    expect(await readFile(path, 'utf8')).toBe('first\n');
    expect(await readdir(dirname(path))).toEqual(['app.conf']);
  });
});
