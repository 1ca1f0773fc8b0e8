import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { HostFacts } from '../../src/domain/facts.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import { type FactsQuery, factsCommand } from '../../src/facts/query.ts';
import { type AptRoot, createAptRoot, lookAtAptRoot } from '../commands/support/apt-root.ts';
import { type Cluster, createCluster } from '../commands/support/cluster.ts';
import { mustRun, run } from '../commands/support/run.ts';

jest.setTimeout(120_000);

const nothing: FactsQuery = {
  packages: [],
  services: [],
  folders: [],
  tools: [],
  lists: 'system',
  databases: [],
};

async function ask(
  query: Partial<FactsQuery>,
  env: Readonly<Record<string, string>> = {},
): Promise<HostFacts> {
  const sentAt = Date.now();
  const { code, stdout, stderr } = await run(factsCommand({ ...nothing, ...query }), env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parseFacts('here', stdout, sentAt, Date.now());
}

describe('packages', () => {
  let root: AptRoot;
  beforeAll(async () => {
    root = await createAptRoot();
    await root.offer(['1.0-1', '1.1~rc1-1', '1.1-1'].map((version) => ({ name: 'app', version })));
    await root.offer([{ name: 'broken', version: '1' }]);
    await mustRun(
      'dpkg --root="$DPKG_ROOT" -i "$DPKG_ROOT"/repo/app_1.0-1.deb 2> /dev/null || dpkg --root="$DPKG_ROOT" -i "$DPKG_ROOT"/repo/app_1.0-1_all.deb',
      root.env,
    );
    await mustRun('dpkg --root="$DPKG_ROOT" --unpack "$DPKG_ROOT"/repo/broken_1_all.deb', root.env);
  });
  afterAll(async () => await root[Symbol.asyncDispose]());

  it('come with what the lists on the host offer, or with new lists that are thrown away', async () => {
    const before = await mustRun(lookAtAptRoot, root.env);
    const old = await ask({ packages: ['app', 'unheard-of'] }, root.env);
    expect(old.packages.app).toMatchObject({ version: '1.0-1', candidate: '1.0-1', offers: [] });
    const fresh = await ask({ packages: ['app', 'unheard-of'], lists: 'temporary' }, root.env);
    expect(fresh.packages).toEqual({
      app: {
        state: 'install ok installed',
        version: '1.0-1',
        held: false,
        candidate: '1.1-1',
        offers: ['1.1-1', '1.1~rc1-1', '1.0-1'],
      },
      'unheard-of': { state: '', version: null, held: false, candidate: null, offers: [] },
    });
    expect(fresh.unfinished).toEqual(['broken install ok unpacked']);
    expect(await mustRun(lookAtAptRoot, root.env)).toBe(before);
  });

  describe('whose lists cannot be read anew', () => {
    const query: FactsQuery = { ...nothing, packages: ['app'], lists: 'temporary' };

    it("are told with apt's words, beside all that is known without apt", async () => {
      root.serve(false);
      const facts = await ask({ ...query, tools: ['nonesuch'] }, root.env);
      root.serve(true);
      expect(facts.unreadLists).toMatch(/404.*apt-get update could not read every index$/s);
      expect(facts.packages.app).toMatchObject({ version: '1.0-1', candidate: null, offers: [] });
      expect([facts.missingTools, Math.abs(facts.clockOffset) < 60_000]).toEqual([['nonesuch'], true]);
      expect((await ask(query, root.env)).unreadLists).toBe('');
    });

    it("are told by apt's words about a clock, where a list is of a time to come", async () => {
      const release = join(root.folder, 'repo/Release');
      const [hash] = (await mustRun(`sha256sum < '${root.folder}/repo/Packages'`)).split(' ');
      const size = await mustRun(`stat -c %s '${root.folder}/repo/Packages'`);
      const date = new Date(Date.now() + 7_200_000).toUTCString().replace('GMT', 'UTC');
      await writeFile(release, `Date: ${date}\nSHA256:\n ${hash} ${size.trim()} Packages\n`);
      const facts = await ask(query, root.env);
      await rm(release);
      expect(facts.unreadLists).toMatch(/is not valid yet \(invalid for another (2h|1h 59min)/);
    });

    it.each([
      ['full', 'size=4k', 'No space left on device'],
      ['full to the last folder', 'nr_inodes=1', 'no folder can be made in /var/tmp'],
    ])('are told where their disk is %s', async (_, options, words) => {
      const { script, input = '', args = [] } = factsCommand(query);
      const inside = `mount -t tmpfs -o ${options} full /var/tmp; exec bash -c "$SCRIPT" bash "$@"`;
      const { code, stdout } = await run(
        { title: 't', script: `exec unshare --mount bash -c '${inside}' bash "$@"`, args, input },
        { ...root.env, SCRIPT: script },
      );
      expect(code).toBe(0);
      const { unreadLists } = parseFacts('here', stdout, Date.now(), Date.now());
      expect(unreadLists).toContain(words);
    });
  });

  it('fail on a release that apt does not know', async () => {
    const { code, stderr } = await run(
      factsCommand({ ...nothing, packages: ['app'], release: 'nosuch' }),
      root.env,
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain(`The value 'nosuch' is invalid for APT::Default-Release`);
  });
});

describe('databases', () => {
  let cluster: Cluster;
  const name = `it's a "dump" | = $(x)\\`;
  beforeAll(async () => {
    cluster = await createCluster();
    await cluster.sql(`create role "the | owner"; create database "${name.replaceAll('"', '""')}" owner "the | owner"
      template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`);
  });
  afterAll(async () => await cluster[Symbol.asyncDispose]());

  it('come with size, shape and room, and those that are missing are told', async () => {
    const { port } = cluster;
    const databases = [
      { key: 'odd', port, name },
      { key: 'none', port, name: 'none' },
      { key: 'down', port: 1, name: 'x' },
    ];
    const facts = (await ask({ databases, folders: [tmpdir()] })).databases;
    expect(facts.odd).toMatchObject({
      exists: true,
      serverVersion: expect.stringMatching(/^\d+\.\d+$/),
      shape: { owner: 'the | owner', encoding: 'LATIN1', collate: 'C', ctype: 'C', icuLocale: null },
    });
    expect(facts.odd?.sizeBytes).toBeGreaterThan(1_000_000);
    expect(facts.odd?.dataFree.bytes).toBeGreaterThan(1_000_000);
    expect(facts.none).toMatchObject({ exists: false, shape: null, silence: '' });
    expect(facts.down).toMatchObject({
      exists: false,
      silence: expect.stringContaining('connection to server'),
    });
  });
});

describe('the answer', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facts-'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('is the same text of a script whatever is asked', () => {
    const script = factsCommand(nothing).script;
    expect(factsCommand({ ...nothing, tools: ['x'], lists: 'temporary', release: 'y' }).script).toBe(script);
  });

  it("has the ssh server's keys, as known_hosts writes them", async () => {
    const shown = await mustRun('cat /etc/ssh/ssh_host_*_key.pub 2> /dev/null || true');
    const keys = shown.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
    expect((await ask({})).hostKeys).toEqual(keys.filter((key) => key !== ''));
  });

  it('takes a folder that is not there for its nearest parent', async () => {
    await symlink('/run', join(folder, 'link'));
    const { free } = await ask({ folders: [join(folder, 'a/b c/d'), folder, join(folder, 'link')] });
    expect(free[join(folder, 'a/b c/d')]?.device).toBe(free[folder]?.device);
    expect(free[join(folder, 'link')]?.device).toBe((await mustRun('stat -L -c %d /run')).trim());
  });

  it('is not confused by names that hold anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileName, { maxLength: 5 }), async (names) => {
        const facts = await ask({
          tools: names,
          services: names.map((name) => ({ name, hint: { arguments: name } })),
        });
        expect(facts.missingTools).toEqual(names);
        expect(new Set(Object.keys(facts.services))).toEqual(new Set(names));
      }),
      { numRuns: 20 },
    );
  });

  it('is not confused by processes that hold anything in their command lines', async () => {
    const word = 'x|y\\n\nend|1\nservice|evil|yes\r';
    const program = join(folder, 'hostile');
    await writeFile(program, `#!/bin/bash\nexec -a "$1" sleep 1000\n`, { mode: 0o755 });
    const pid = (
      await mustRun(`${program} "$WORD" > /dev/null 2>&1 < /dev/null & echo $!; sleep 0.3`, { WORD: word })
    ).trim();
    const facts = await ask({ services: [{ name: 'found', hint: { arguments: 'end|1\nservice' } }] });
    await mustRun(`kill ${pid}`);
    expect(Object.keys(facts.services)).toEqual(['found']);
    expect(facts.services.found?.processes).toEqual([
      { pid: Number(pid), start: expect.stringMatching(/^\d+$/), command: `${word} 1000` },
    ]);
  });

  it('is refused when the questions are cut', async () => {
    const { input = '', ...command } = factsCommand({ ...nothing, tools: ['a', 'b'] });
    for (const length of [0, 5, input.length - 4]) {
      expect(await run({ ...command, input: input.slice(0, length) })).toMatchObject({ code: 2 });
    }
    expect(() => factsCommand({ ...nothing, tools: ['a\0b'] })).toThrow('NUL');
  });
});

/** Words that no program has, so that none is found, with everything that could end a field or a line. */
const hostileName = fc
  .array(
    fc.constantFrom('|', '\\', '\n', '\r', '\t', ' ', "'", '"', '$(x)', '`', 'ä', '\\n', '\\x7c', '%s', '*'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `no-such${parts.join('')}.`);
