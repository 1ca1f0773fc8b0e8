import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareFiles, type FoundFile, parseFiles } from '../../src/facts/files.ts';
import { run } from '../commands/support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await chmod(folder.path, 0o755);
});
afterAll(async () => await folder[Symbol.asyncDispose]());

/** Puts a file there, and compares it with a text; by a key that is bound to the script, if told so. */
async function compared(path: string, text: string, bound = false): Promise<FoundFile | undefined> {
  const command = compareFiles([{ id: 'run-steps.a', path, text }]);
  const { code, stdout, stderr } = await run(bound ? { ...command, args: [] } : command);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parseFiles('one', stdout).get('run-steps.a');
}

async function aFile(name: string, text: string | Uint8Array, mode = 0o644): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe('a file to place', () => {
  it('is compared with what is there', async () => {
    const path = await aFile('app.conf', 'one\ntwo|2\n\\three\n');
    expect(await compared(path, 'one\ntwo|2\n\\three\n')).toEqual({
      kind: 'file',
      about: '644 root root',
      open: true,
      difference: '',
    });
    expect((await compared(path, 'one\nzwei\n\\three'))?.difference).toBe(
      [
        '--- before',
        '+++ after',
        '@@ -1,3 +1,3 @@',
        ' one',
        '-two|2',
        '-\\three',
        '+zwei',
        '+\\three',
        '\\ No newline at end of file',
        '',
      ].join('\n'),
    );
  });

  it('may be new, in the place of a link, of a folder, of bytes, or of too much', async () => {
    const at = (name: string) => join(folder.path, name);
    const nothing = { about: '', open: true, difference: '' };
    expect(await compared(at('none/there'), 'x\n')).toEqual({ ...nothing, kind: 'absent' });
    await symlink('/etc/passwd', at('link'));
    expect(await compared(at('link'), 'x\n')).toEqual({ ...nothing, kind: 'link', about: '/etc/passwd' });
    await symlink('/none/there', at('dangling'));
    expect(await compared(at('dangling'), 'x\n')).toMatchObject({ kind: 'link', about: '/none/there' });
    await mkdir(at('folder'));
    expect(await compared(at('folder'), 'x\n')).toMatchObject({ kind: 'other', about: 'directory' });
    execFileSync('mkfifo', [at('pipe')]);
    expect(await compared(at('pipe'), 'x\n')).toMatchObject({ kind: 'other', about: 'fifo' });
    const bytes = await aFile('bytes', Buffer.from([0, 255, 10]));
    expect((await compared(bytes, 'x\n'))?.difference).toMatch(/^Binary files/);
    await truncate(await aFile('long', ''), 2_000_000);
    expect(await compared(at('long'), 'x\n')).toMatchObject({ kind: 'large', about: '2000000' });
  });

  it('is known to be private, by itself and by the folders above it', async () => {
    const mine = await aFile('mine', 'password = swordfish\n', 0o640);
    expect(await compared(mine, '')).toMatchObject({ open: false, about: '640 root root' });
    await mkdir(join(folder.path, 'closed'), { mode: 0o750 });
    expect(await compared(await aFile('closed/any', 'x\n'), '')).toMatchObject({ kind: 'file', open: false });
    await symlink(join(folder.path, 'closed'), join(folder.path, 'way'));
    expect(await compared(join(folder.path, 'way/any'), '')).toMatchObject({ kind: 'file', open: false });
  });

  it('is not shown to a key that only looks, where it is private', async () => {
    const hidden = { kind: 'hidden', about: '', open: false, difference: '' };
    expect(await compared(await aFile('own', 'password = swordfish\n', 0o600), '', true)).toEqual(hidden);
    expect(await compared(join(folder.path, 'closed/none'), '', true)).toEqual(hidden);
    expect(await compared(await aFile('public', 'a\n'), 'b\n', true)).toMatchObject({
      kind: 'file',
      open: true,
    });
  });

  it('has nothing of its path or text run', async () => {
    const path = join(folder.path, "a $(kill $$) 'b -n");
    const text = `$(touch ${folder.path}/ran)\`id\`\n%s\\n`;
    await writeFile(path, 'old\n');
    expect((await compared(path, text))?.difference).toContain(`\n+${text.split('\n')[0]}\n+%s\\n\n`);
    expect(await compared(join(folder.path, 'ran'), '')).toMatchObject({ kind: 'absent' });
    const { code, stderr } = await run(compareFiles([{ id: 'a', path: 'relative', text: '' }]));
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'the question has no absolute path: relative\n' });
  });
});
