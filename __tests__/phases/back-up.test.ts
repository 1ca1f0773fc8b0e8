import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { freeSpace } from '../../src/adapters/free-space.ts';
import type { Owner } from '../../src/domain/lock.ts';
import type { Report } from '../../src/domain/report.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { backUp } from '../../src/phases/back-up.ts';
import { type Cluster, createCluster } from '../commands/support/cluster.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import {
  anOwner,
  lockAll,
  type MovedHosts,
  movedHosts,
  NOBODY_GONE,
  openJournal,
} from '../support/moved-hosts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A real server on a machine that may be busy.
jest.setTimeout(60_000);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await createCluster();
  await cluster.sql('create database shop');
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

/** Two hosts that say to be two machines. */
async function twoMachines(): Promise<MovedHosts> {
  const hosts = await movedHosts('one', 'two');
  for (const host of hosts.hosts.values()) {
    const { exec } = host;
    host.exec = async (command, options) => {
      const result = await exec.call(host, command, options);
      return { ...result, stdout: result.stdout.replace(/^host\|/m, `host|${host.host}-`) };
    };
  }
  return hosts;
}

interface Asked {
  readonly database?: string;
  readonly dryRun?: boolean;
  readonly owner?: Owner;
  /** The folder that takes the dumps. */
  readonly store?: string;
  /** Bytes that are free on the runner, where that is not asked of its disk. */
  readonly free?: number;
}

/** Backs up the shop of two hosts, whose database is on the second one. */
async function backedUp(
  hosts: MovedHosts,
  { database = 'shop', dryRun = false, owner = anOwner(), store, free }: Asked = {},
): Promise<Report> {
  await using folder = await temporaryFolder();
  const plan = aPlan({ roles: { front: aRole({ database: 'front' }) }, 'start-order': [], 'stop-order': [] });
  const inventory = anInventory({
    hosts: { one: aHost({ roles: ['front'] }), two: aHost() },
    databases: { front: { engine: 'postgresql', name: database, on: 'two', port: cluster.port } },
  });
  return await backUp({
    runner: hosts.runner,
    files: { plan, inventory, sources: {} },
    secrets: new Map(),
    owner,
    takeover: NOBODY_GONE,
    dumps: {
      store: new DirectoryStore(store ?? join(folder.path, 'store')),
      recipients: [],
      folder: folder.path,
      receive: DumpFile.create,
      kept: null,
      freeSpace: free === undefined ? freeSpace : async () => ({ bytes: free, device: 'small' }),
    },
    dryRun,
    showsFiles: true,
    turn: { phase: 'backup-db', at: null },
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
    approved: null,
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => undefined,
    onLocked: () => undefined,
  });
}

/** What stands on the hosts afterwards: locks, upgrades, and folders of either kind. */
async function standing({ runner, hosts }: MovedHosts) {
  const journals = [...(await readJournals(runner)).values()];
  const folders = [...hosts.values()].map(({ root }) => readdir(join(root, 'upgrades')).catch(() => []));
  return {
    locks: journals.map(({ lock }) => lock?.id ?? null),
    current: journals.map(({ current }) => current),
    folders: await Promise.all(folders),
  };
}

describe('backUp', () => {
  it('dumps databases and roles, and leaves neither lock nor folder', async () => {
    await using hosts = await twoMachines();
    const report = await backedUp(hosts);
    expect(report.failure).toBeNull();
    expect(report).toMatchObject({ outcome: 'done', upgrade: null, part: 'backup-db (point: adhoc)' });
    expect(report.dumps).toMatchObject([
      { name: 'shop', host: 'two', point: 'adhoc', hostCopy: null, rows: null },
    ]);
    expect(report.globals).toMatchObject([{ host: 'two', point: 'adhoc', hostCopy: null }]);
    expect(await standing(hosts)).toEqual({ locks: [null, null], current: [null, null], folders: [[], []] });
  });

  it('leaves the lock with the upgrade in whose middle its own run is', async () => {
    await using hosts = await twoMachines();
    await openJournal(hosts);
    const before = await standing(hosts);
    expect(before).toEqual({ locks: ['lock-1', 'lock-1'], current: ['u1', 'u1'], folders: [['u1'], ['u1']] });
    expect((await backedUp(hosts)).outcome).toBe('done');
    expect(await standing(hosts)).toEqual(before);
  });

  it('leaves it there as well when the dump fails', async () => {
    await using hosts = await twoMachines();
    await openJournal(hosts);
    const before = await standing(hosts);
    const report = await backedUp(hosts, { store: '/dev/null/store' });
    expect(report).toMatchObject({ outcome: 'refused', dumps: [] });
    expect(report.failure?.what).toContain('no copy of it could be stored');
    expect(await standing(hosts)).toEqual(before);
  });

  it('gives back a lock that an attempt of its run left which died, where no upgrade is open', async () => {
    await using hosts = await twoMachines();
    await lockAll(hosts);
    expect((await backedUp(hosts)).outcome).toBe('done');
    expect((await standing(hosts)).locks).toEqual([null, null]);
  });

  it('takes no lock that another run holds', async () => {
    await using hosts = await twoMachines();
    await openJournal(hosts);
    const report = await backedUp(hosts, { owner: anOwner({ key: 'github.com/example/cloud/18' }) });
    expect(report).toMatchObject({
      outcome: 'refused',
      dumps: [],
      failure: { state: 'Nothing was stopped or changed.' },
    });
    expect(report.failure?.what).toContain('the lock is held by example/cloud run 17');
    expect((await standing(hosts)).locks).toEqual(['lock-1', 'lock-1']);
  });

  it('refuses a database that is not there, before it takes the lock', async () => {
    await using hosts = await twoMachines();
    const report = await backedUp(hosts, { database: 'shep' });
    expect(report).toMatchObject({ outcome: 'refused', failure: { host: 'two' } });
    expect(report.failure?.what).toContain(`two: shep on port ${cluster.port}: there is no such database`);
    expect(hosts.host('one').sent.map(({ title }) => title)).not.toContain('take the lock');
  });

  it('refuses a runner without room for any dump, before it takes the lock', async () => {
    await using hosts = await twoMachines();
    const report = await backedUp(hosts, { free: 0 });
    expect(report).toMatchObject({ outcome: 'refused', dumps: [] });
    expect(report.failure?.what).toMatch(/the runner: too little room .* at least 1 MB are needed, and 0 MB/);
    expect(hosts.host('one').sent.map(({ title }) => title)).not.toContain('take the lock');
  });

  it('warns where the runner may have too little room, and dumps all the same', async () => {
    await using hosts = await twoMachines();
    // A new database of PostgreSQL has about 7 MB.
    const report = await backedUp(hosts, { free: 1e6 });
    expect({ outcome: report.outcome, dumps: report.dumps.length }).toEqual({ outcome: 'done', dumps: 1 });
    expect(hosts.log.lines.join('\n')).toMatch(/the runner: there may be too little room/);
  });

  it('shows its commands in a dry run, and asks no host', async () => {
    await using hosts = await twoMachines();
    const report = await backedUp(hosts, { dryRun: true });
    expect(report.outcome).toBe('planned');
    expect(report.planned).toMatchObject([
      {
        host: 'two',
        title: 'dump shop',
        commands: [`pg_dump -Fc --port=${cluster.port} shop`, expect.any(String)],
      },
    ]);
    expect([...hosts.hosts.values()].flatMap(({ sent }) => sent)).toEqual([]);
  });
});
