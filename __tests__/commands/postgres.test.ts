import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { probeServer, rowCounts, sessions, writeCounters } from '../../src/commands/postgres.ts';
import { parseCounters, parseRowCounts, parseSessions } from '../../src/commands/postgres-parse.ts';
import { compareCounters, type WriteCounters } from '../../src/domain/dump.ts';
import { type Cluster, createCluster } from './support/cluster.ts';
import { run } from './support/run.ts';

const name = `it's a "dump" = $(x)`;
let cluster: Cluster;
beforeAll(async () => {
  cluster = await createCluster();
  await cluster.sql(`create database "${name.replaceAll('"', '""')}"`);
}, 120_000);
afterAll(async () => await cluster[Symbol.asyncDispose]());

const address = () => ({ name, port: cluster.port });
const counters = async (): Promise<WriteCounters> =>
  parseCounters((await run(writeCounters(address()))).stdout);

describe('probeServer', () => {
  it('asks the server', async () => {
    expect(await run(probeServer(cluster.port))).toEqual({ code: 0, stdout: '1\n', stderr: '' });
  });

  it('fails when it is down', async () => {
    await cluster.stop();
    const ran = await run(probeServer(cluster.port));
    await cluster.start();
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('connection to server');
  });
});

describe('sessions', () => {
  it('lists clients of this database alone, and not itself', async () => {
    expect(parseSessions((await run(sessions(address()))).stdout)).toEqual([]);
    const client = await cluster.connect(name, 'cron | "job"');
    const found = parseSessions((await run(sessions(address()))).stdout);
    await client[Symbol.asyncDispose]();
    expect(found).toEqual([
      {
        pid: expect.any(Number),
        user: 'postgres',
        application: 'cron | "job"',
        address: 'local',
        state: 'idle in transaction',
      },
    ]);
    expect(parseSessions((await run(sessions(address()))).stdout)).toEqual([]);
  });

  it('refuses what it does not understand', () => {
    expect(() => parseSessions('{"pid":"1"}\n')).toThrow('not understood: "{\\"pid');
    expect(() => parseSessions('hello\n')).toThrow('not understood: "hello"');
  });
});

describe('writeCounters', () => {
  it('stay equal while nobody writes, and tell every kind of write', async () => {
    await cluster.sql(
      'create table written (x int); insert into written select generate_series(1, 10)',
      name,
    );
    for (const write of [
      'insert into written values (0)',
      'update written set x = x + 1 where x = 1',
      'delete from written where x = 2',
      `select lo_from_bytea(0, 'x')`,
    ]) {
      const before = await counters();
      await cluster.sql('select count(*) from written', name);
      expect(compareCounters(before, await counters()).kind).toBe('equal');
      await cluster.sql(write, name);
      expect([write, compareCounters(before, await counters()).kind]).toEqual([write, 'written']);
    }
  });

  it('say when they were reset', async () => {
    const before = await counters();
    await cluster.sql('select pg_stat_reset()', name);
    expect(compareCounters(before, await counters()).kind).toBe('reset');
    const zero = { oid: before.oid, inserted: '0', updated: '0', deleted: '0', reset: null };
    expect(compareCounters({ ...zero, inserted: '12345678901234567890' }, zero).kind).toBe('reset');
  });

  it('say that the server crashed, also where all of them were zero', async () => {
    await cluster.sql('select pg_stat_reset()', name);
    const before = await counters();
    await cluster.stop();
    await cluster.start();
    expect(compareCounters(before, await counters()).kind).toBe('equal');
    await cluster.crash();
    await cluster.start();
    expect(compareCounters(before, await counters()).kind).toBe('reset');
  });

  it('tell a restored database from the one whose name it took', async () => {
    const called = (suffix: string): string => `"${(name + suffix).replaceAll('"', '""')}"`;
    const rename = async (from: string, to: string): Promise<string> =>
      await cluster.sql(`alter database ${called(from)} rename to ${called(to)}`);
    const before = await counters();
    await cluster.sql(`create database ${called('_restored')} template template0`);
    await rename('', '_broken');
    await rename('_restored', '');
    const now = await counters();
    await rename('', '_restored');
    await rename('_broken', '');
    expect(now.oid).not.toBe(before.oid);
    expect(compareCounters(before, now).kind).toBe('reset');
    expect((await counters()).oid).toBe(before.oid);
  });

  it('refuse what they do not understand', () => {
    expect(() => parseCounters('')).toThrow('not understood');
    expect(() =>
      parseCounters('{"oid":"1","inserted":"1","updated":"x","deleted":"0","reset":null}'),
    ).toThrow('not understood');
  });
});

it('counts the rows of every table, in a fixed order', async () => {
  await cluster.sql(
    `create schema "Odd one"; create table "Odd one"."T.x" (x int); create table parent (x int);
    create table child () inherits (parent); insert into child values (1), (2); insert into parent values (3);
    create table split (x int) partition by list (x); create table split_1 partition of split for values in (1);
    insert into split values (1); create view seen as select 1; create unlogged table quick (x int);
    drop table if exists written`,
    name,
  );
  const { stdout } = await run(rowCounts(address()));
  expect(Object.entries(parseRowCounts(stdout))).toEqual([
    ['"Odd one"."T.x"', 0],
    ['public.child', 2],
    ['public.parent', 1],
    ['public.quick', 0],
    ['public.split_1', 1],
  ]);
  expect(() => parseRowCounts('["a", "many"]\n')).toThrow('not understood');
});
