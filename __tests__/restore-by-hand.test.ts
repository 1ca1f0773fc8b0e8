import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dumpStream } from '../src/commands/dump.ts';
import { type Cluster, createCluster } from './commands/support/cluster.ts';
import { mustRun } from './commands/support/run.ts';
import { shellBlocks } from './support/doc-blocks.ts';
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

describe('docs/when-it-fails.md', () => {
  it('has commands that restore a dump by hand', async () => {
    const file = join(folder.path, 'snf_apps.dump');
    await cluster.sql('create role synnefo; create database snf_apps owner synnefo');
    await cluster.sql('create table t as select generate_series(1, 500) as n', 'snf_apps');
    const dump = dumpStream({ name: 'snf_apps', port: cluster.port }, join(folder.path, 'kept', 'x'));
    await mustRun(`(${dump.script}\n) > '${file}'`);
    await cluster.sql('delete from t; create table half (of int)', 'snf_apps');

    const [block = ''] = shellBlocks('when-it-fails.md', 'By hand, if it comes to that');
    await mustRun(`set -e; cd '${folder.path}'; export PGPORT=${cluster.port}\n${block}`);

    const half = "select count(*) from pg_tables where tablename = 'half'";
    expect(await cluster.sql('select count(*), sum(n) from t', 'snf_apps')).toBe('500|125250\n');
    expect(await cluster.sql(half, 'snf_apps')).toBe('0\n');
    expect(await cluster.sql(half, 'snf_apps_broken')).toBe('1\n');
  });
});
