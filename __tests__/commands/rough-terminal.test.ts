import { describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../src/adapters/clock.ts';
import { UNANSWERED } from '../../src/commands/supervisor.ts';
import type { Answer } from '../../src/domain/step.ts';
import { acquireAll } from '../../src/executor/lock.ts';
import { MovedHost } from '../support/moved-host.ts';
import { anOwner, lockedHost, NOBODY_GONE } from '../support/moved-hosts.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { smallFileSystem } from '../support/small-file-system.ts';
import { onTerminal } from './support/on-terminal.ts';

// Real processes on a machine that may be busy. At the speed of a shell's own loop 100 MB would take minutes.
jest.setTimeout(60_000);

const DELETE: Answer = { prompt: 'Einträge löschen? ', say: 'no' };
const ASK = `printf 'Einträge löschen? '; read -r word; echo "heard $word"`;

describe('a step on a terminal that prints what it likes', () => {
  it('is answered behind a line of 100 MB, of which no byte is lost', async () => {
    await using hosts = await lockedHost();
    const { rc, bytes } = await onTerminal(hosts.one, `head -c 100000000 /dev/zero | tr '\\0' x; ${ASK}`, [
      DELETE,
    ]);
    expect(rc).toBe(0);
    expect(bytes.lastIndexOf('x') + 1).toBe(100_000_000);
    expect(bytes.subarray(100_000_000).toString()).toBe('Einträge löschen? no\r\nheard no\r\n');
  });

  it('may print every byte there is, and is answered behind them', async () => {
    await using hosts = await lockedHost();
    const every = Buffer.from(
      Array.from({ length: 256 }, (_, value) => value).filter((value) => value !== 10),
    );
    const octal = [...every].map((value) => `\\${value.toString(8).padStart(3, '0')}`).join('');
    // More than the end that is looked at, so that the look begins within a character.
    const { rc, bytes } = await onTerminal(
      hosts.one,
      `for n in {1..40}; do printf '${octal}ü'; done; ${ASK}`,
      [DELETE],
    );
    expect(rc).toBe(0);
    const printed = Array.from({ length: 40 }, () => [every, Buffer.from('ü')]).flat();
    const said = Buffer.from('Einträge löschen? no\r\nheard no\r\n');
    expect(bytes.equals(Buffer.concat([...printed, said]))).toBe(true);
  });

  it('is ended when it asks something else behind such bytes, and all that it printed is kept', async () => {
    await using hosts = await lockedHost();
    const script = `head -c 3000000 /dev/urandom | tr -d '\\n'; printf '\\377\\000Really? '; read -r word`;
    const { rc, bytes } = await onTerminal(hosts.one, script, [DELETE]);
    expect(rc).toBe(UNANSWERED);
    const asked = bytes.lastIndexOf('Really? ');
    expect(asked).toBeGreaterThan(2_900_000);
    expect(bytes.subarray(asked).toString()).toMatch(/^Really\? \n.*it is ended here\n/);
    const look = `cat ${hosts.one.root}/upgrades/u1/steps/migrate.web.0/question`;
    expect((await hosts.one.exec({ title: 'look', script: look })).stdout).toMatch(/Really\? $/);
  });

  it('loses nothing but its log where the disk is full', async () => {
    await using small = await smallFileSystem('2m');
    const log = new RecordingLog();
    await using one = await MovedHost.make('one', small.path, log);
    const runner = {
      hosts: new Map([['one', one]]),
      log,
      clock: systemClock,
      signal: new AbortController().signal,
    };
    await acquireAll(runner, 'lock-1', anOwner(), NOBODY_GONE);
    await one.exec({ title: 'ballast', script: `head -c 300K /dev/zero >${one.root}/ballast` });
    const script = `head -c 5000000 /dev/zero | tr '\\0' x && rm ${one.root}/ballast && exit 3`;
    const { rc, bytes } = await onTerminal(one, script);
    expect(rc).toBe(3);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    expect(bytes.length).toBeLessThan(2 * 1024 * 1024);
  });
});
