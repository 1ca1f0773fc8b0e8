import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../src/adapters/clock.ts';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { freeSpace } from '../../src/adapters/free-space.ts';
import { dumpStream } from '../../src/commands/dump.ts';
import { writeCounters } from '../../src/commands/postgres.ts';
import type { DatabaseTarget } from '../../src/domain/inventory.ts';
import { repeated } from '../../src/executor/ask.ts';
import { streamDump, type TakenDump } from '../../src/executor/stream-dump.ts';
import type { Clock } from '../../src/ports.ts';
import type { Command } from '../../src/shell/command.ts';
import { type Cluster, createCluster } from '../commands/support/cluster.ts';
import { run } from '../commands/support/run.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';
import { aResolved } from '../support/resolved.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A real server on a machine that may be busy.
jest.setTimeout(60_000);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await createCluster();
  await cluster.sql('create database shop');
  await cluster.sql('create table t as select g, md5(g::text) from generate_series(1, 5000) g', 'shop');
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

/** Dumps the shop's database with a copy below a folder of the host. */
async function dump(
  hosts: MovedHosts,
  folder: string,
  copies: string,
  begun: () => void = () => undefined,
): Promise<TakenDump> {
  const journal = await openJournal(hosts);
  const target: DatabaseTarget = {
    key: 'shop',
    engine: 'postgresql',
    name: 'shop',
    on: 'one',
    port: cluster.port,
    roles: [],
  };
  const context = {
    runner: hosts.runner,
    journal,
    resolved: aResolved(),
    facts: new Map(),
    settings: {
      store: new DirectoryStore(join(folder, 'store')),
      recipients: [],
      folder,
      receive: DumpFile.create,
      kept: null,
      freeSpace,
    },
  };
  const keep = join(copies, 'shop.dump');
  begun();
  return await streamDump(context, target, {
    id: 'backup-db.shop.before',
    title: 'dump shop (before)',
    command: dumpStream(target, keep),
    keep,
    file: 'shop.dump',
    expected: 0,
  });
}

describe('streamDump', () => {
  it('stores the dump, and keeps the same on its host', async () => {
    await using hosts = await movedHosts('one');
    await using folder = await temporaryFolder();
    const taken = await dump(hosts, folder.path, join(folder.path, 'copies'));
    expect(taken.hostCopy).toBe(join(folder.path, 'copies', 'shop.dump'));
    const [copy, stored] = [await readFile(taken.hostCopy ?? ''), await readFile(taken.stored?.path ?? '')];
    expect(copy.length).toBe(taken.bytes);
    expect(copy.equals(stored)).toBe(true);
    expect(hosts.log.lines.filter((line) => line.includes('no copy'))).toEqual([]);
  });

  it('tells that the host had no room for a copy, with the numbers, and stores the dump all the same', async () => {
    await using hosts = await movedHosts('one');
    await using folder = await temporaryFolder();
    await using small = await smallFileSystem('4m');
    const taken = await dump(hosts, folder.path, small.path);
    expect(taken.hostCopy).toBeNull();
    expect((await readFile(taken.stored?.path ?? '')).length).toBe(taken.bytes);
    expect(hosts.log.lines).toContainEqual(
      expect.stringMatching(
        /one: dump shop \(before\): no copy is kept on the host: 4 MB are free, this one may take \d+ MB, and 537 MB have to stay free/,
      ),
    );
  });

  it('that is begun again waits for a server that comes back later than its host', async () => {
    await using hosts = await movedHosts('one');
    await using folder = await temporaryFolder();
    let back = Promise.resolve();
    const sleep: Clock['sleep'] = async () => {
      await cluster.crash();
      back = setTimeout(2_000).then(() => cluster.start());
    };
    const runner = { ...hosts.runner, clock: { ...systemClock, sleep } };
    const taken = await dump({ ...hosts, runner }, folder.path, join(folder.path, 'copies'), () =>
      hosts.host('one').cutNext(1000),
    );
    await back;
    expect(hosts.log.lines).toContainEqual(expect.stringContaining('connecting again'));
    expect((await readFile(taken.hostCopy ?? '')).length).toBe(taken.bytes);
  });

  it('tells at once of a server that is down at the first try', async () => {
    await using hosts = await movedHosts('one');
    await using folder = await temporaryFolder();
    await cluster.stop();
    // Its first words, with none about waiting before them.
    const output = expect.stringMatching(/^psql: .*\n.*Is the server running/);
    await expect(dump(hosts, folder.path, folder.path)).rejects.toMatchObject({ details: { output } });
    await cluster.start();
  });
});

describe('a command for a database that is repeated', () => {
  const patient = (seconds: number): Command => {
    const { script, title } = repeated(writeCounters({ name: 'shop', port: cluster.port }));
    const sooner = script.replace(/SECONDS \+ '?\d+'?/, `SECONDS + ${seconds}`);
    expect(sooner).not.toBe(script);
    return { title, script: sooner };
  };

  it('fails in the end, with the words of the server, when that does not come', async () => {
    await cluster.stop();
    const ran = await run(patient(2));
    await cluster.start();
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toMatch(/accepts no connections yet: waiting for it\n(.*\n)*.*Is the server running/);
  });

  it('does not wait for a server that answers', async () => {
    expect(await run(patient(600))).toMatchObject({ code: 0, stderr: '' });
  });
});
