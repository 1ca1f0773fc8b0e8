import { describe, expect, it } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import { cautionsOf, judgeHosts, judgeMachines } from '../../src/domain/judge-hosts.ts';
import { anInventory, aPlan } from './examples.ts';

const service = { exists: true };
const database = { exists: true, silence: '' };

/** Three good hosts, as far as they matter here, and what one of them is instead. */
function facts(host = '', changes: Partial<HostFacts> = {}): Map<string, HostFacts> {
  const services = { web: service, queue: service, agent: service };
  return new Map(
    ['one', 'two', 'three'].map((name) => {
      const good = {
        bootId: name,
        hostKeys: [`ssh-ed25519 ${name}`],
        unreadLists: '',
        release: 'bookworm',
        architecture: 'amd64',
        clockOffset: 0,
      };
      const more = { missingTools: [], services, databases: { front: database } };
      return [name, { ...good, ...more, ...(name === host ? changes : {}) } as unknown as HostFacts];
    }),
  );
}

const judge = (host?: string, changes?: object): string[] =>
  judgeHosts(aPlan(), anInventory(), facts(host, changes));

describe('judgeHosts', () => {
  it('has nothing to say of good hosts', () => {
    expect(judge()).toEqual([]);
    expect(judge('two', { clockOffset: 300_000 })).toEqual([]);
    expect(judge('three', { release: 'trixie' })).toEqual([]);
  });

  it.each<[string, string, object, string]>([
    ['a machine with two names', 'two', { bootId: 'one' }, 'two: it is the same machine as one'],
    [
      'a clock that is ahead',
      'two',
      { clockOffset: 301_000 },
      "two: its clock is 301 s ahead of the runner's: set it (at most 300 s may be between)",
    ],
    [
      'a clock that is behind',
      'one',
      { clockOffset: -3_600_000 },
      "one: its clock is 3600 s behind the runner's: set it (at most 300 s may be between)",
    ],
    [
      'a host of another release',
      'two',
      { release: 'trixie' },
      'two: it is trixie amd64, and one, which has the role back too, is bookworm amd64',
    ],
    [
      'a host of another architecture',
      'two',
      { architecture: 'arm64' },
      'two: it is bookworm arm64, and one, which has the role back too, is bookworm amd64',
    ],
    [
      'lists that cannot be read',
      'two',
      { unreadLists: 'E: no route\nE: failed' },
      'two: its package lists cannot be read:\nE: no route\nE: failed',
    ],
    ['a tool that is missing', 'one', { missingTools: ['flock'] }, 'one: these tools are missing: flock'],
    [
      'a service that is not there',
      'three',
      { services: { agent: { exists: false } } },
      'three: there is no service agent',
    ],
    [
      'a server that does not answer',
      'one',
      { databases: { front: { exists: false, silence: 'connection refused' } } },
      'one: the database server on port 5432 does not answer: connection refused',
    ],
    [
      'a database that is not there',
      'one',
      { databases: { front: { exists: false, silence: '' } } },
      'one: there is no database shop on the server of port 5432',
    ],
    [
      'a host that has no server',
      'one',
      { databases: {} },
      'one: the database server on port 5432 does not answer: it was not asked',
    ],
  ])('refuses %s', (_, host, changes, refusal) => {
    expect(judge(host, changes)).toEqual([refusal]);
  });
});

it('judges machines by what matters whatever is done on them', () => {
  const changes = {
    bootId: 'one',
    clockOffset: -400_000,
    missingTools: ['tar'],
    unreadLists: 'E: x',
    services: {},
  };
  expect(judgeMachines(facts('two', changes))).toEqual([
    'two: it is the same machine as one',
    "two: its clock is 400 s behind the runner's: set it (at most 300 s may be between)",
    'two: these tools are missing: tar',
  ]);
});

describe('cautionsOf', () => {
  it('names machines that share a key, once each', () => {
    const keys = ['ssh-rsa x', 'ssh-ed25519 one'];
    expect(cautionsOf(facts('two', { hostKeys: keys }))).toEqual([
      expect.stringMatching(
        /^two: its ssh server has a key of one, so known-hosts cannot tell the two apart/,
      ),
    ]);
  });

  it('says nothing of hosts with keys of their own, and of one machine that is refused', () => {
    expect(cautionsOf(facts())).toEqual([]);
    expect(cautionsOf(facts('two', { bootId: 'one', hostKeys: ['ssh-ed25519 one'] }))).toEqual([]);
  });
});
