import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dumpStream } from '../src/commands/dump.ts';
import { type Cluster, createCluster } from './commands/support/cluster.ts';
import { mustRun } from './commands/support/run.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let cluster: Cluster;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  cluster = await createCluster();
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The lines of the block of shell below a heading of the README. */
async function blockBelow(heading: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const block = new RegExp(`^## ${heading}$[\\s\\S]*?^\`\`\`sh\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  expect(block).toBeDefined();
  return block ?? '';
}

describe('the commands of the README', () => {
  it('restore a dump by hand', async () => {
    const file = join(folder.path, 'snf_apps.dump');
    await cluster.sql('create role synnefo; create database snf_apps owner synnefo');
    await cluster.sql('create table t as select generate_series(1, 500) as n', 'snf_apps');
    const dump = dumpStream({ name: 'snf_apps', port: cluster.port }, join(folder.path, 'kept', 'x'));
    await mustRun(`(${dump.script}\n) > '${file}'`);
    await cluster.sql('delete from t; create table half (of int)', 'snf_apps');

    const block = await blockBelow('By hand, if it comes to that');
    await mustRun(`set -e; cd '${folder.path}'; export PGPORT=${cluster.port}\n${block}`);

    const half = "select count(*) from pg_tables where tablename = 'half'";
    expect(await cluster.sql('select count(*), sum(n) from t', 'snf_apps')).toBe('500|125250\n');
    expect(await cluster.sql(half, 'snf_apps')).toBe('0\n');
    expect(await cluster.sql(half, 'snf_apps_broken')).toBe('1\n');
  });
});
