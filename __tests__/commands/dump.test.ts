import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dumpStream, globalsStream, parseTrailer } from '../../src/commands/dump.ts';
import type { Command } from '../../src/shell/command.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { type Cluster, createCluster } from './support/cluster.ts';
import { mustRun, type Ran, run } from './support/run.ts';

const name = `it's a "dump" = $(x)`;
let cluster: Cluster;
let folder: string;
let tools: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dump-'));
  await chmod(folder, 0o755);
  cluster = await createCluster();
  tools = (await cluster.sql(`select setting from pg_config where name = 'BINDIR'`)).trim();
  await cluster.sql(`create database "${name.replaceAll('"', '""')}"`);
  await cluster.sql(
    `create table one as select g, md5(g::text) from generate_series(1, 20000) g;
    create table two as select g, md5(g::text) from generate_series(1, 20000) g;`,
    name,
  );
}, 120_000);
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const address = () => ({ name, port: cluster.port });

/** Runs it with standard output into a file. */
async function toFile(command: Command, file: string): Promise<Ran> {
  return await run({ ...command, script: `exec > "$OUTPUT"\n${command.script}` }, { OUTPUT: file });
}

/** The same with one of the server's tools replaced. */
async function withTool(tool: string, text: string, keep: string): Promise<Ran> {
  const shims = await mkdtemp(join(folder, 'tools-'));
  await chmod(shims, 0o755);
  await writeFile(join(shims, tool), `#!/bin/bash\nreal=${tools}/${tool}\n${text}\n`, { mode: 0o755 });
  const { script, ...rest } = dumpStream(address(), keep);
  const replaced = script.replace('\nserver_tools\n', `\nserver_tools\nPATH=${shims}:$PATH\n`);
  expect(replaced).not.toBe(script);
  return await toFile({ ...rest, script: replaced }, join(folder, 'output'));
}

it('sends the archive alone, keeps a copy and tells the hash of both', async () => {
  const [output, keep] = [join(folder, 'sent.dump'), join(folder, 'new folder', 'kept.dump')];
  const { code, stderr } = await toFile(dumpStream(address(), keep), output);
  const sent = await readFile(output);
  expect(code).toBe(0);
  expect(parseTrailer(stderr)).toEqual({
    sha256: createHash('sha256').update(sent).digest('hex'),
    bytes: sent.length,
    kept: true,
    room: { free: expect.any(Number), promised: 0, needed: expect.any(Number) },
    codes: { dump: 0, copy: 0, hash: 0, bytes: 0, proof: 0, kept: 0 },
  });
  expect(await readFile(keep)).toEqual(sent);
  expect((await stat(keep)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'new folder'))).toEqual(['kept.dump']);
  expect(await mustRun(`pg_restore -f - < '${output}' | grep -c -E '^[0-9]+\t'`)).toBe('40000\n');
});

it('keeps no copy where there is no room, sends all the same, and leaves nothing behind', async () => {
  await using small = await smallFileSystem('256k');
  const temporary = await mkdtemp(join(folder, 'temporary-'));
  const { script } = dumpStream(address(), join(small.path, 'x'));
  const output = join(folder, 'sent alone.dump');
  const ran = await toFile({ title: 'dump', script: `export TMPDIR=${temporary}\n${script}` }, output);
  expect(ran.code).toBe(0);
  const trailer = parseTrailer(ran.stderr);
  expect(trailer).toMatchObject({ bytes: (await stat(output)).size, kept: false, codes: { kept: 0 } });
  expect(trailer?.room.free).toBeLessThanOrEqual(256 * 1024);
  expect(trailer?.room.needed).toBeGreaterThan(1_000_000);
  expect(await readdir(small.path)).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
});

describe('fails as a whole and keeps nothing', () => {
  const keepFolder = () => join(folder, 'kept');
  async function expectFailure(ran: Ran): Promise<void> {
    expect(ran.code).not.toBe(0);
    expect(existsSync(keepFolder()) ? await readdir(keepFolder()) : []).toEqual([]);
  }

  it('when pg_dump fails after it wrote all', async () => {
    const ran = await withTool('pg_dump', '"$real" "$@"; exit 3', join(keepFolder(), 'x'));
    await expectFailure(ran);
    expect(parseTrailer(ran.stderr)?.codes).toEqual({
      dump: 3,
      copy: 0,
      hash: 0,
      bytes: 0,
      proof: 0,
      kept: 0,
    });
  });

  it('when pg_dump is killed', async () => {
    const ran = await withTool(
      'pg_dump',
      '"$real" "$@" | head -c 100000; kill -9 $$',
      join(keepFolder(), 'x'),
    );
    await expectFailure(ran);
    expect(parseTrailer(ran.stderr)?.codes.dump).not.toBe(0);
    expect(parseTrailer(ran.stderr)?.codes.proof).not.toBe(0);
  });

  it('when the archive is cut short anywhere, though everything ends well', async () => {
    const whole = join(folder, 'whole.dump');
    expect(await toFile(dumpStream(address(), join(folder, 'kept whole', 'x')), whole)).toMatchObject({
      code: 0,
    });
    await chmod(whole, 0o644);
    const { size } = await stat(whole);
    for (const length of [0, 1, 1000, size / 4, size / 2, size * 0.75, size - 1000, size - 1].map(
      Math.floor,
    )) {
      const ran = await withTool('pg_dump', `head -c ${length} ${whole}`, join(keepFolder(), 'x'));
      await expectFailure(ran);
      expect(parseTrailer(ran.stderr)).toMatchObject({ bytes: length, codes: { dump: 0 } });
      expect(parseTrailer(ran.stderr)?.codes.proof).not.toBe(0);
    }
  });

  it('when pg_restore fails at once', async () => {
    const ran = await withTool('pg_restore', 'exit 1', join(keepFolder(), 'x'));
    await expectFailure(ran);
    expect(parseTrailer(ran.stderr)?.codes).toMatchObject({ dump: 0, proof: 1 });
  });

  it('when the disk of the kept copy is full before its end', async () => {
    await using small = await smallFileSystem('256k');
    // There was room when it began.
    const ran = await withTool(
      'stat',
      '[ "$1" != -f ] || { echo 1000000 4096; exit; }; exec /usr/bin/stat "$@"',
      join(small.path, 'x'),
    );
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain('No space left on device');
    expect(await readdir(small.path)).toEqual([]);
  });

  it('when nobody takes the output', async () => {
    const { script, ...rest } = dumpStream(address(), join(keepFolder(), 'x'));
    const ran = await run({ ...rest, script: `exec > >(head -c 10 > /dev/null)\n${script}` });
    await expectFailure(ran);
  });

  it('when the server is down, or has no such database', async () => {
    const gone = { name: 'gone', port: cluster.port };
    await expectFailure(await run(dumpStream(gone, join(keepFolder(), 'x'))));
    await cluster.stop();
    const ran = await run(dumpStream(address(), join(keepFolder(), 'x')));
    await cluster.start();
    await expectFailure(ran);
    expect(ran.stdout).toBe('');
  });
});

it('dumps roles and grants, and takes them only with their last line', async () => {
  await mkdir(join(folder, 'globals'));
  const keep = join(folder, 'globals', 'globals.sql');
  await cluster.sql('create role somebody');
  const { code, stdout, stderr } = await run(globalsStream(cluster.port, keep));
  expect(code).toBe(0);
  expect(stdout).toContain('CREATE ROLE somebody');
  expect(parseTrailer(stderr)?.bytes).toBe(Buffer.byteLength(stdout));
  expect(await readFile(keep, 'utf8')).toBe(stdout);
});

describe('parseTrailer', () => {
  const trailer = (hash: string) =>
    `synnefo-upgrade-dump {"sha256":"${hash.repeat(64)}","bytes":1,"kept":true,"room":{"free":3,"promised":2,"needed":1},"codes":{"dump":0,"copy":0,"hash":0,"bytes":0,"proof":0,"kept":0}}\n`;

  it('takes the last line alone', () => {
    expect(parseTrailer(`${trailer('a')}${trailer('b')}`)?.sha256).toBe('b'.repeat(64));
    expect(parseTrailer(`${trailer('a')}connection closed\n`)).toBeNull();
    expect(parseTrailer('')).toBeNull();
  });
});
