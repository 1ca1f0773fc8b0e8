import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { download, simulate, update } from '../../src/commands/apt.ts';
import { install } from '../../src/commands/apt-install.ts';
import { listDownloads, type PlannedFile, parseDownloads } from '../../src/commands/downloads.ts';
import { parseTransaction } from '../../src/domain/transaction.ts';
import { otherFiles } from '../../src/phases/archives.ts';
import { type AptRoot, createAptRoot } from './support/apt-root.ts';
import { mustRun, run } from './support/run.ts';

const setting = '/etc/stack/setting.conf';
const packages = { 'stack-app': '0.16-1' };
const dependent = { 'stack-app': '0.16-1', 'stack-new': '1.0' };

let root: AptRoot;
let archives: string;
let planned: readonly PlannedFile[];

beforeEach(async () => {
  root = await createAptRoot();
  archives = join(root.folder, 'kept packages');
  await offer('first');
  planned = parseTransaction((await run(simulate({ packages }), root.env)).stdout).changes;
  expect(await run(download({ packages, archives, planned }), root.env)).toMatchObject({ code: 0 });
});
afterEach(() => root[Symbol.asyncDispose]());

/** The same versions with contents of the same size. */
async function offer(content: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await root.offer([
    {
      name: 'stack-app',
      version: '0.16-1',
      fields: { Depends: 'stack-new', ...fields },
      conffiles: { [setting]: content },
    },
    { name: 'stack-new', version: '1.0' },
    { name: 'stack-extra', version: '1.0' },
  ]);
  await run(update(), root.env);
}

/** What an upgrade would be told that wants this content. */
async function found(): Promise<string[]> {
  const listed = await run(listDownloads(archives));
  const changes = planned.map((change) => ({ ...change, from: null, origin: '' }));
  return otherFiles({ changes, removals: [], held: [] }, parseDownloads(listed.stdout));
}

function withAnotherByte(content: Buffer): Buffer {
  const other = Buffer.from(content);
  const place = other.length - 20;
  other[place] = (other[place] ?? 0) ^ 1;
  return other;
}

const file = (name: string): string => join(archives, name);

describe('downloaded packages', () => {
  it('are the planned ones, each by its content', async () => {
    expect(planned.map(({ name, to }) => `${name} ${to}`).toSorted()).toEqual([
      'stack-app 0.16-1',
      'stack-new 1.0',
    ]);
    const listed = parseDownloads((await run(listDownloads(archives))).stdout);
    expect(Object.fromEntries(listed.map(({ name, version }) => [name, version]))).toEqual(dependent);
    const sizes = await Promise.all(listed.map(async ({ path }) => (await readFile(path)).length));
    expect(listed.map(({ bytes }) => bytes)).toEqual(sizes);
    expect(await found()).toEqual([]);
  });

  it('are named when another content has come under the same version', async () => {
    await offer('other content of another size\n'.repeat(400));
    expect(await run(download({ packages, archives, planned }), root.env)).toMatchObject({ code: 0 });
    const hash = planned.find(({ name }) => name === 'stack-app')?.sha256;
    expect(await found()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^stack-app 0\\.16-1 has another content than planned: SHA-256 [0-9a-f]{64}, not ${hash}$`,
        ),
      ),
    ]);
  });

  it('are named when the lists brought one more', async () => {
    await offer('first', { Depends: 'stack-new, stack-extra' });
    await run(download({ packages, archives, planned }), root.env);
    expect(await found()).toEqual(
      expect.arrayContaining([
        `${file('stack-extra_1.0_all.deb')} was not planned: it is stack-extra 1.0 (all)`,
      ]),
    );
  });

  it('are the planned ones again, once these are on offer again', async () => {
    const kept = file('stack-app_0.16-1_all.deb');
    const good = await readFile(kept);
    await writeFile(kept, withAnotherByte(good));
    await copyFile(file('stack-new_1.0_all.deb'), file('stack-old_0.1_all.deb'));
    await writeFile(file('torn_1.0_all.deb'), 'cut short');
    expect(await found()).toEqual([
      expect.stringContaining('stack-app 0.16-1 has another content than planned'),
      expect.stringContaining('torn_1.0_all.deb was not planned: it is - -'),
    ]);
    const again = await run(download({ packages, archives, planned }), root.env);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain(`not as planned, and removed: ${kept}`);
    expect(await readFile(kept)).toEqual(good);
    expect(await found()).toEqual([]);
  });

  it('are had although the lists are older than the repository', async () => {
    await mustRun(`rm -f '${archives}'/*.deb`);
    const offered = join(root.folder, 'repo/stack-app_0.16-1_all.deb');
    const good = await readFile(offered);
    await writeFile(offered, withAnotherByte(good));
    await root.offer([]);
    await run(update(), root.env);
    await writeFile(offered, good);
    await root.offer([]);
    const again = await run(download({ packages, archives, planned }), root.env);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('are read anew');
    expect(await found()).toEqual([]);
    await mustRun(`rm -f '${archives}'/*.deb`);
    root.serve(false);
    const never = await run(download({ packages, archives, planned }), root.env);
    root.serve(true);
    expect(never.code).toBe(100);
    expect(never.stderr).toContain('could not read every index');
  });

  it('would be installed by apt itself with any content of that size', async () => {
    const offered = join(root.folder, 'repo/stack-app_0.16-1_all.deb');
    await writeFile(offered, withAnotherByte(await readFile(offered)));
    await root.offer([]);
    expect(await run(update(), root.env)).toMatchObject({ code: 0 });
    expect(await run(install({ packages, archives }), root.env)).toMatchObject({ code: 0 });
    expect(await readFile(join(root.folder, setting), 'utf8')).toBe('first');
  });
});
