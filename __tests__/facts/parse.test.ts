import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/facts/packages.ts';
import { parseFacts } from '../../src/facts/parse.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const recorded = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

describe('a recorded host under systemd', () => {
  const text = recorded('facts/bookworm-systemd.txt');
  const facts = parseFacts('node1', text, 1_795_458_043_000, 1_795_458_044_900);

  it('is told with its clock', () => {
    expect(facts).toMatchObject({
      host: 'node1',
      release: 'bookworm',
      architecture: 'amd64',
      init: 'systemd',
    });
    expect(facts.bootId).toBe('1e75f4d9-430f-4457-9d42-28901994488c');
    // 289.07 ms after it was sent, 34.80 ms before it was received.
    expect(facts.clockOffset).toBe(Math.round((289.07 - 34.8) / 2));
    // A minute later by a connection that was lost and made again: the way back alone tells.
    const late = parseFacts('node1', text, 1_795_457_983_000, 1_795_458_044_900);
    expect(late.clockOffset).toBe(Math.round(-34.8));
    expect(facts.missingTools).toEqual(['nonesuch']);
    expect(facts.unfinished).toEqual([]);
  });

  it('has packages with all versions on offer, newest first', () => {
    expect(facts.packages['snf-common']).toEqual({
      state: 'install ok installed',
      version: '0.15.2-1',
      held: false,
      candidate: '0.17-1',
      offers: ['0.17-1', '0.16.2-1', '0.16~rc1-1', '0.15.2-1'],
    });
    expect(facts.packages['snf-astakos-app']).toMatchObject({ held: true, state: 'hold ok installed' });
    expect(facts.packages.nosuch).toEqual({
      state: '',
      version: null,
      held: false,
      candidate: null,
      offers: [],
    });
  });

  it('has services by their processes, whatever the init system says', () => {
    const { gunicorn, 'snf-dispatcher': dispatcher } = facts.services;
    expect(gunicorn).toMatchObject({ exists: true, running: true, enabled: true, restarts: 0 });
    expect(gunicorn?.processes.map(({ pid, start }) => [pid, start])).toEqual([
      [224, '341690'],
      [229, '341696'],
      [234, '341707'],
    ]);
    expect(dispatcher).toMatchObject({ running: true, word: 'loaded, failed (failed), generated' });
    expect(dispatcher?.processes[0]?.command).toBe('/usr/bin/python3 -B /usr/bin/snf-dispatcher --workers=2');
  });

  it('has databases, one that is not there, and a server that does not answer', () => {
    expect(facts.databases.cyclades).toEqual({
      exists: true,
      serverVersion: '15.18',
      sizeBytes: expect.any(Number),
      dataFree: { bytes: 80322998272, device: '55' },
      shape: { owner: 'synnefo', encoding: 'UTF8', collate: 'C.UTF-8', ctype: 'C.UTF-8', icuLocale: null },
      silence: '',
    });
    expect(facts.databases.cyclades?.sizeBytes).toBeGreaterThan(10_000_000);
    expect(facts.databases.pithos).toMatchObject({
      exists: false,
      serverVersion: '15.18',
      shape: null,
      silence: '',
    });
    expect(facts.databases.other).toMatchObject({
      exists: false,
      serverVersion: '',
      silence: expect.stringContaining('No such file or directory\n\tIs the server running locally'),
    });
  });

  it('has free space by file system', () => {
    const {
      '/var/lib/synnefo-upgrade': journal,
      '/var/cache/apt/archives': archives,
      '/run': run,
    } = facts.free;
    expect(journal?.device).toBe(archives?.device);
    expect(run?.device).not.toBe(archives?.device);
    expect(journal?.bytes).toBe(80320303104);
  });
});

it('reads a recorded host under sysvinit', () => {
  const facts = parseFacts('node2', recorded('facts/bookworm-sysvinit.txt'), 0, 0);
  expect(facts).toMatchObject({ init: 'sysvinit', release: 'bookworm' });
  expect(facts.services.gunicorn).toMatchObject({ exists: true, running: true, enabled: true });
  expect(facts.services['snf-dispatcher']).toMatchObject({
    exists: false,
    running: false,
    word: 'no init script',
  });
});

it.each(['bullseye', 'trixie'])('reads a recorded bare host of %s', (release) => {
  const facts = parseFacts('bare', recorded(`facts/${release}-minbase.txt`), 0, 0);
  expect(facts).toMatchObject({ release, unfinished: [] });
  expect(facts.packages.bash).toMatchObject({ state: 'install ok installed', held: false });
  expect(facts.packages.libssl3).toEqual({
    state: '',
    version: null,
    held: false,
    candidate: null,
    offers: [],
  });
  expect(facts.databases.a?.silence).toContain('postgres');
});

describe('refuses, with host and line,', () => {
  const text = recorded('facts/bookworm-systemd.txt');
  const parse = (changed: string) => () => parseFacts('node1', changed, 0, 0);

  it('an answer cut anywhere', () => {
    for (let length = 0; length < text.length; length += 97) {
      expect(parse(text.slice(0, length))).toThrow(/^node1: .*cut short/);
    }
    expect(parse(text.slice(0, -1))).toThrow('cut short');
  });

  it.each([
    ['a number that is none', /^free\|([^|]*)\|\d+/m, 'free|$1|1e9'],
    ['a process without a pid', /^process\|gunicorn\|\d+/m, 'process|gunicorn|-'],
    ['another init', '|systemd|', '|launchd|'],
    ['neither yes nor no', 'gunicorn|yes', 'gunicorn|true'],
    ['a field too many', /^missing\|nonesuch$/m, 'missing|nonesuch|x'],
    ['an escape that nobody writes', 'missing|nonesuch', 'missing|none\\such'],
    ['base64 that is none', 'output|dpkg|', 'output|dpkg|?'],
    ['a row that is no JSON', '{"oid"', '{oid"'],
    ['two hosts', /^(host\|.*\n)/m, '$1$1'],
  ])('%s', (_what, from, to) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(parse(changed)).toThrow(/^node1: /);
  });
});

describe('apt-cache policy', () => {
  it('as recorded', () => {
    const found = parsePolicy(recorded('apt/policy-bookworm.txt'));
    expect(Object.fromEntries(found)).toEqual({
      apt: { candidate: '2.6.2', offers: ['2.6.2', '2.6.1'] },
      bash: { candidate: '5.2.15-2+b13', offers: ['5.2.15-2+b13'] },
      hello: { candidate: '2.10-3', offers: ['2.10-3'] },
      'postgresql-15': { candidate: '15.20-0+deb12u1', offers: ['15.20-0+deb12u1', '15.18-0+deb12u1'] },
    });
  });
});
