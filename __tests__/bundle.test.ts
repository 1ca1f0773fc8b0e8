import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { differences } from '../scripts/bundling/compare.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

describe('dist/', () => {
  it('is what src/ gives', async () => {
    // Its output names the files that differ.
    const built = await run(process.execPath, [join(root, 'scripts/build.ts'), '--check'], {
      cwd: root,
    }).catch(({ stdout, stderr }: { stdout: string; stderr: string }) => ({ stdout, stderr }));
    expect(built.stderr).toMatch('dist/ is what src/ gives');
  }, 120_000);

  it('holds JavaScript, the licences of what is in it, and nothing native', async () => {
    const names = await readdir(dist);
    expect(names.filter((name) => !name.endsWith('.js')).sort()).toEqual(['licenses.txt', 'package.json']);
    const licences = await readFile(join(dist, 'licenses.txt'), 'utf8');
    for (const name of [
      '@actions/core',
      '@actions/exec',
      '@actions/artifact',
      'age-encryption',
      'node-ssh',
      'ssh2',
      'yaml',
      'zod',
    ]) {
      expect(licences.split('\n')).toContain(name);
    }
  });

  it('names no folder of the machine that built it', async () => {
    for (const name of await readdir(dist)) {
      const text = await readFile(join(dist, name), 'utf8');
      expect([name, text.includes(root), text.includes('file:///')]).toEqual([name, false, false]);
    }
  });

  it('starts without node_modules, and asks no network for it', async () => {
    await using folder = await temporaryFolder();
    await copyAction(folder.path);
    const code = `import { run } from './dist/index.js';
      await run('no-such-action', 'main').catch(({ message }) => console.log(message));`;
    await writeFile(join(folder.path, 'start.js'), code);
    const { stdout } = await run(process.execPath, ['--import', noNetwork, 'start.js'], { cwd: folder.path });
    expect(stdout).toBe('there is no action named no-such-action\n');
  });

  it('is reached by every stub of an action', async () => {
    await using folder = await temporaryFolder();
    await copyAction(folder.path);
    // Replaced, so that the stub alone is looked at: whom does it call?
    await writeFile(
      join(folder.path, 'dist/index.js'),
      'export async function run(...a) { console.log(...a); }',
    );
    const files = await readdir(join(folder.path, 'actions'), { recursive: true });
    const stubs = files.filter((name) => name.endsWith('.js')).sort();
    expect(stubs).toContain('upgrade/main.js');
    for (const stub of stubs) {
      const { stdout } = await run(process.execPath, [join(folder.path, 'actions', stub)]);
      expect(stdout).toBe(`${stub.replace('/', ' ').replace('.js', '')}\n`);
    }
  });
});

describe('differences', () => {
  it('names each file that is missing, superfluous or different', async () => {
    await using one = await temporaryFolder();
    await using other = await temporaryFolder();
    const write = (folder: string, files: Record<string, string>) =>
      Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
    await write(one.path, { same: 'a', changed: 'abc', cut: 'abc', missing: '' });
    await write(other.path, { same: 'a', changed: 'abd', cut: 'ab', added: '' });
    expect(await differences(one.path, other.path)).toEqual([
      'added: should not be there',
      'changed: differs at byte 2',
      'cut: differs at byte 2',
      'missing: is missing',
    ]);
    expect(await differences(one.path, one.path)).toEqual([]);
  });
});

const noNetwork = join(import.meta.dirname, 'support/no-network.mjs');

/** What a runner has of the action: the files, and no packages. */
async function copyAction(folder: string): Promise<void> {
  for (const name of ['dist', 'actions', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
}
