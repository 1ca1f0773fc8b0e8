import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dumpStream, globalsStream } from '../../src/commands/dump.ts';
import { restoreByHand, restoreGlobalsByHand } from '../../src/commands/restore.ts';
import { fittingName } from '../../src/commands/restore-sql.ts';
import { parseFacts } from '../../src/facts/parse.ts';
import { factsCommand } from '../../src/facts/query.ts';
import { type Cluster, createCluster } from './support/cluster.ts';
import { mustRun, run, shell } from './support/run.ts';

let cluster: Cluster;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restore-'));
  cluster = await createCluster();
  await cluster.sql(`create role "the owner"; create role reader`);
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** How a database was made and what it holds, as far as a restore must bring it back. */
async function look(name: string): Promise<string> {
  const row =
    await cluster.sql(`select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype,
    datlocprovider, (select array_agg(a::text order by a::text) from unnest(datacl) a),
    (select array_agg(format('%s %s', setrole, setconfig) order by setrole) from pg_db_role_setting where setdatabase = d.oid)
    from pg_database d where datname = '${name.replaceAll("'", "''")}'`);
  const rows = await cluster.sql("select * from t order by 1; select nextval('s') > 100", name);
  return row + rows;
}

async function create(name: string, options: string): Promise<void> {
  const identifier = `"${name.replaceAll('"', '""')}"`;
  await cluster.sql(`create database ${identifier} owner "the owner" template template0 ${options}`);
  await cluster.sql(
    `create table t as select g, 'ä' || g as text from generate_series(1, 500) g; alter table t owner to "the owner";
    create sequence s start 100; select nextval('s');
    alter database ${identifier} set search_path to "$user", public, pg_catalog;
    alter database ${identifier} set work_mem to '8MB'; alter role reader in database ${identifier} set application_name to 'it''s = me';
    revoke all on database ${identifier} from public; grant connect, temporary on database ${identifier} to reader with grant option`,
    name,
  );
}

/** The lines, with what the facts and the dump of the real database say. */
async function linesFor(name: string): Promise<string> {
  const file = join(folder, `kept ${Math.random()}.dump`);
  const address = { name, port: cluster.port };
  const nothing = { packages: [], services: [], folders: [], tools: [], lists: 'system' } as const;
  const facts = await run(factsCommand({ ...nothing, databases: [{ key: 'app', ...address }] }));
  const shape = parseFacts('db1', facts.stdout, 0, 0).databases.app?.shape;
  expect(
    await run({
      ...dumpStream(address, file),
      script: `exec >/dev/null\n${dumpStream(address, file).script}`,
    }),
  ).toMatchObject({ code: 0 });
  if (shape === null || shape === undefined) {
    throw new Error(`no shape in ${facts.stdout}`);
  }
  return restoreByHand({ database: address, file, shape, suffix: '20260101' });
}

const variants: readonly (readonly [string, string])[] = [
  ['app', `encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`],
  [`it's a \\ "test" = $(x)`, `encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`],
  ['icu', `encoding 'UTF8' locale_provider icu icu_locale 'de' lc_collate 'C' lc_ctype 'C.UTF-8'`],
];

describe.each(variants)('the lines for %s', (name, options) => {
  it('bring everything back, and keep what was there', async () => {
    await create(name, options);
    const before = await look(name);
    const lines = await linesFor(name);
    await cluster.sql(`delete from t where g > 10; alter table t add column more int default 1`, name);
    expect(await mustRun(lines)).toContain(`restored: ${name}`);
    expect(await look(name)).toBe(before);
    const broken = fittingName(name, '_broken_20260101');
    expect(await cluster.sql('select count(*), sum(more) from t', broken)).toBe('10|10\n');
  });
});

it('work when the database is gone', async () => {
  await create('lost', '');
  const before = (await look('lost')).split('\n').slice(1);
  const lines = await linesFor('lost');
  await cluster.sql('drop database lost');
  await mustRun(lines);
  expect((await look('lost')).split('\n').slice(1)).toEqual(before);
});

it('change nothing when the dump is cut short, and can be pasted again', async () => {
  await create('cut', '');
  const lines = await linesFor('cut');
  const before = await look('cut');
  const short = join(folder, 'short.dump');
  const file = /< '(.*)'$/m.exec(lines)?.[1] ?? '';
  await mustRun(`head -c 2000 '${file}' > '${short}'`);
  const failed = await shell(lines.replace(file, short));
  expect(failed.code).not.toBe(0);
  expect(failed.stdout).not.toContain('restored');
  expect(await look('cut')).toBe(before);
  expect(await mustRun(lines)).toContain('restored: cut');
});

it('change nothing while somebody is connected', async () => {
  await create('busy', '');
  const lines = await linesFor('busy');
  const before = await look('busy');
  const client = await cluster.connect('busy', 'somebody');
  const failed = await shell(lines);
  await client[Symbol.asyncDispose]();
  expect(failed.code).not.toBe(0);
  expect(failed.stderr).toContain('is being accessed by other users');
  expect(await look('busy')).toBe(before);
});

it('names fit into what PostgreSQL keeps of them', () => {
  expect(fittingName('a', '_x')).toBe('a_x');
  expect(Buffer.byteLength(fittingName('ä'.repeat(31), '_restored_1'))).toBeLessThanOrEqual(63);
});

it('bring back a lost role with its password and its members, and complain of the roles that are there alone', async () => {
  const file = join(folder, "the server's globals.sql");
  const roles = `select rolname, rolpassword, rolcanlogin, (select array_agg(member::regrole::text) from pg_auth_members
    where roleid = a.oid) from pg_authid a where rolname in ('lost role', 'kept') order by 1`;
  await cluster.sql(
    `create role kept login; create role "lost role" login password 'a word'; grant "lost role" to kept`,
  );
  const before = await cluster.sql(roles);
  await mustRun(`exec > /dev/null\n${globalsStream(cluster.port, file).script}`);
  await cluster.sql('drop role "lost role"');
  const { code, stderr } = await shell(restoreGlobalsByHand(cluster.port, file));
  expect(code).toBe(0);
  expect(stderr).toContain('role "kept" already exists');
  expect(stderr.split('\n').filter((line) => line !== '' && !line.endsWith('already exists'))).toEqual([]);
  expect(await cluster.sql(roles)).toBe(before);
});
