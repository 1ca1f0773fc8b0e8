import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KnownHosts } from '../src/adapters/known-hosts.ts';
import { parseDownloads } from '../src/commands/downloads.ts';
import { parseReadBack } from '../src/commands/dpkg.ts';
import { parseTrailer } from '../src/commands/dump.ts';
import { parseCounters, parseRowCounts, parseSessions } from '../src/commands/postgres-parse.ts';
import { parseSettings } from '../src/commands/settings.ts';
import { parseJournal } from '../src/domain/journal.ts';
import { describeOwner, parseOwner } from '../src/domain/lock.ts';
import { parseResolution } from '../src/domain/resolution.ts';
import { judgeTransaction, parseTransaction } from '../src/domain/transaction.ts';
import { parseRange, satisfies } from '../src/domain/version-range.ts';
import { hostileText } from './support/hostile-text.ts';

/** A parser of what a host or a person wrote, what is done with its answer, and a text that it has to take. */
interface Parser {
  readonly name: string;
  readonly read: (text: string) => unknown;
  readonly sample: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const OWNER = JSON.stringify({
  key: 'github.com/example/cloud/17',
  run: 'run 17',
  actor: 'operator',
  link: 'https://github.com/example/cloud/actions/runs/17',
  since: 1_770_000_000_000,
  process: null,
});
const HASH = 'a'.repeat(64);

const PARSERS: readonly Parser[] = [
  {
    name: "apt's simulation",
    read: (text) =>
      judgeTransaction(parseTransaction(text), { packages: ['app'], allow: ['lib*'], compare: () => 0 }),
    sample: `The following held packages will be changed:
  app tool
Inst app [1.0-1] (1.1-1 Debian:12.15/oldstable, Shop:1/shop [all]) []
Inst libx (2 [amd64])
Conf app (1.1-1 Debian:12.15/oldstable [all])
Remv tool [0.3] [app ]
`,
  },
  { name: 'downloads', read: parseDownloads, sample: `deb ${HASH} 1234 app 1.1-1 all /var/a b/app.deb\n` },
  { name: 'versions', read: parseReadBack, sample: 'app\tall\tinstall ok installed\t1.1-1\n' },
  {
    name: 'settings',
    read: parseSettings,
    sample: `new\t${base64('/etc/a.dpkg-dist')}\nchanged\t${base64('/etc/b')}\ngone\t${base64('/etc/c')}\n`,
  },
  {
    name: 'a journal',
    read: (text) => parseJournal('one', text),
    sample: `epoch\t${base64('7\n')}\nlock-id\t${base64('l1\n')}\nlock-owner\t${base64(OWNER)}\ncurrent\t${base64('u1\n')}
step\tmigrate.web.0\tended 0 1770000000.25 1770000001.5
step\tprepare.update\trunning
record dump.web.before\t${base64('{}')}
`,
  },
  { name: "a lock's owner", read: (text) => describeOwner('l1', parseOwner(text)), sample: OWNER },
  {
    name: 'sessions',
    read: parseSessions,
    sample: '{"pid":7,"user":"postgres","application":"cron","address":"local","state":"idle"}\n',
  },
  {
    name: 'write counters',
    read: parseCounters,
    sample: '{"oid":"16384","inserted":"1","updated":"0","deleted":"0","reset":null}\n',
  },
  { name: 'row counts', read: parseRowCounts, sample: '["public.users","5"]\n["public.goods","12"]\n' },
  {
    name: "a dump's trailer",
    read: parseTrailer,
    sample: `synnefo-upgrade-dump {"sha256":"${HASH}","bytes":1,"kept":true,"room":{"free":1,"promised":0,"needed":1},"codes":{"dump":0,"copy":0,"hash":0,"bytes":0,"proof":0,"kept":0}}\n`,
  },
  {
    name: 'pinned host keys',
    read: (text) => new KnownHosts(text).lookup(['web.example.org'], 22),
    sample:
      'web.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO0O87IiO7iO4NPavh29C0Gexk+AjGZkytaEbscf/cVf\n',
  },
  {
    name: 'a range of versions',
    read: (text) => [parseRange(text), satisfies('1:0.16.2-1', text)],
    sample: '>= 0.15, < 0.16~',
  },
  { name: 'what a person says of steps', read: parseResolution, sample: 'fill on web1: done\ntell: again\n' },
];

/** A text that was right, with a piece of it cut out, doubled or replaced by something else. */
function damaged(sample: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: sample.length });
  return fc
    .tuple(
      place,
      fc.nat({ max: 12 }),
      fc.oneof(hostileText, fc.constantFrom('', sample, '1e999', '-1', 'null')),
    )
    .map(([at, length, piece]) => sample.slice(0, at) + piece + sample.slice(at + length));
}

describe.each(PARSERS)('$name', ({ read, sample }) => {
  it('is understood', () => {
    expect(read(sample)).toEqual(expect.anything());
  });

  it('or refused in words, whatever it is; never half understood', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, damaged(sample)), (text) => {
        let result: unknown;
        try {
          result = read(text);
        } catch (error) {
          // A mistake of the program itself would be one of the others.
          expect([Error, RangeError, TypeError, SyntaxError].some((kind) => error instanceof kind)).toBe(
            true,
          );
          expect((error as Error).message).not.toMatch(/undefined|not a function|Invalid time value/);
          return;
        }
        expect(oddNumbers(result)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Numbers anywhere in a value that are none, or that no count and no time can be. */
function oddNumbers(value: unknown): number[] {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 ? [] : [value];
  }
  if (value instanceof Map) {
    return [...value.values()].flatMap(oddNumbers);
  }
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? Object.values(value).flatMap(oddNumbers)
    : [];
}
