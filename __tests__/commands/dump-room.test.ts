import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { strict } from '../../src/commands/bash.ts';
import { roomLibrary } from '../../src/commands/dump-room.ts';
import { RESERVE } from '../../src/domain/disks.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { shell } from './support/run.ts';

/** A host on which `spare` bytes are free besides those that stay free; other questions are `stat`'s own. */
const withSpare = (spare: number): string =>
  `stat() { if [ "$1" = -f ]; then echo "${RESERVE + spare} 1"; else command stat "$@"; fi; }`;

const say = 'echo "$ROOM_FREE $ROOM_PROMISED $ROOM_NEEDED $(printf %s "$ROOM_COPY" | grep . || echo none)"';

/** What a dump finds that begins now and ends at once. */
async function findRoom(copy: string, bytes: number, setting = ''): Promise<string> {
  const script = `${strict.text}${setting}\n${roomLibrary.text}\nfind_room "$COPY" ${bytes}\n${say}`;
  const ran = await shell(script, { COPY: copy });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout.trim();
}

interface RunningDump extends AsyncDisposable {
  kill(what: 'alone' | 'whole'): Promise<void>;
}

/** A dump that goes on until it is disposed of, or killed: alone, or whole with what it started. */
async function runningDump(copy: string, bytes: number, setting: string): Promise<RunningDump> {
  const script = `${strict.text}${setting}\n${roomLibrary.text}\nfind_room "$COPY" ${bytes}\nsleep 600 & echo begun; wait`;
  const child = spawn('bash', ['-c', script], { env: { ...process.env, COPY: copy }, detached: true });
  await once(child.stdout, 'data');
  const { pid = 0 } = child;
  const gone = once(child.stdout, 'close');
  const kill = async (what: 'alone' | 'whole'): Promise<void> => {
    const ended = what === 'alone' ? once(child, 'exit') : gone;
    process.kill(what === 'alone' ? pid : -pid, 'SIGKILL');
    await ended;
  };
  return {
    kill,
    async [Symbol.asyncDispose]() {
      if (!child.stdout.closed) {
        await kill('whole');
      }
    },
  };
}

describe('find_room', () => {
  it('takes what is free at that moment, and leaves the reserve', async () => {
    await using folder = await temporaryFolder();
    const copy = join(folder.path, 'dumps', "it's a.dump");
    const free = RESERVE + 100;
    expect(await findRoom(copy, 100, withSpare(100))).toBe(`${free} 0 100 ${copy}`);
    expect(await findRoom(copy, 101, withSpare(100))).toBe(`${free} 0 101 none`);
  });

  it('reads the file system of the copy', async () => {
    await using small = await smallFileSystem('256k');
    const copy = join(small.path, 'dumps', 'a.dump');
    expect(await findRoom(copy, 1)).toMatch(/^2[0-9]{5} 0 1 none$/);
    expect(await readdir(join(small.path, 'dumps'))).toEqual([]);
  });

  it('counts what a dump beside it may still write, and not what it has written', async () => {
    await using folder = await temporaryFolder();
    const [one, two] = [join(folder.path, 'one.dump'), join(folder.path, 'two.dump')];
    await using _first = await runningDump(one, 1000, withSpare(1500));
    expect(await findRoom(two, 600, withSpare(1500))).toBe(`${RESERVE + 1500} 1000 600 none`);
    await writeFile(`${one}.part`, 'x'.repeat(400));
    expect(await findRoom(two, 600, withSpare(1200))).toBe(`${RESERVE + 1200} 600 600 ${two}`);
    await writeFile(`${one}.part`, 'x'.repeat(2000));
    expect(await findRoom(two, 600, withSpare(600))).toBe(`${RESERVE + 600} 0 600 ${two}`);
  });

  it('counts a dump that was killed no more, once nothing of it writes', async () => {
    await using folder = await temporaryFolder();
    const [one, two] = [join(folder.path, 'one.dump'), join(folder.path, 'two.dump')];
    await using dump = await runningDump(one, 1000, withSpare(1500));
    await dump.kill('alone');
    expect(await findRoom(two, 600, withSpare(1500))).toContain(' 1000 600 none');
    await dump.kill('whole');
    expect(await findRoom(two, 600, withSpare(1500))).toBe(`${RESERVE + 1500} 0 600 ${two}`);
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.claim.'))).toHaveLength(1);
  });

  it('does not stumble over a dump that ends while it looks', async () => {
    await using folder = await temporaryFolder();
    const claim = join(folder.path, '.claim.ending');
    await writeFile(claim, `700\n${claim}.part\n`);
    const count = async (flock: string) =>
      await shell(
        `${strict.text}${roomLibrary.text}\n${flock}\nROOM_PROMISED=0\ncount_claim "$CLAIMED"\necho "$ROOM_PROMISED"`,
        { CLAIMED: claim },
      );
    // It holds its claim when it is asked, and has taken it away right after.
    const ending = 'flock() { rm -f -- "$2"; return 1; }';
    expect(await count(ending)).toMatchObject({ code: 0, stdout: '700\n', stderr: '' });
    expect(await count(ending)).toMatchObject({ code: 0, stdout: '0\n', stderr: '' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('takes away what an earlier attempt of the same dump left', async () => {
    await using folder = await temporaryFolder();
    const copy = join(folder.path, 'one.dump');
    await writeFile(`${copy}.part`, 'half');
    await findRoom(copy, 1, withSpare(100));
    expect(await readdir(folder.path)).toEqual([expect.stringMatching(/^\.claim\./)]);
  });

  it('lets one dump look after the other, so that two do not take the same room', async () => {
    await using folder = await temporaryFolder();
    const looks = ['a', 'b', 'c', 'd'].map((name) => {
      const script = `${strict.text}${withSpare(1500)}\n${roomLibrary.text}\nfind_room "$COPY" 1000\necho "\${ROOM_COPY:-none}"; sleep 2`;
      return shell(script, { COPY: join(folder.path, name) });
    });
    const found = (await Promise.all(looks)).map(({ stdout }) => stdout.trim());
    expect(found.filter((copy) => copy !== 'none')).toHaveLength(1);
  });
});
