import { describe, expect, it } from '@jest/globals';
import { parseHistory, parseMigrations } from '../../fleet/history.ts';

const HISTORY = `
Start-Date: 2026-11-23  18:00:01
Commandline: apt-get -y install snf-common=0.16.2-1
Install: python-lockfile:amd64 (0.8-2, automatic)
Upgrade: python-objpool:amd64 (0.3-1, 0.4-1), snf-common:amd64 (0.15.2-1, 0.16.2-1)
End-Date: 2026-11-23  18:00:03

Start-Date: 2026-11-23  18:01:00
Commandline: apt-get -y install snf-network=0.16.2-1
Upgrade: snf-network:amd64 (0.15.2-1, 0.16.2-1)
Error: Sub-process /usr/bin/dpkg returned an error code (1)
End-Date: 2026-11-23  18:01:01

Start-Date: 2026-11-23  18:02:00
Commandline: apt-get -y install snf-network=0.16.2-1
Upgrade: snf-network:amd64 (0.15.2-1, 0.16.2-1)
`;

describe('parseHistory', () => {
  const runs = parseHistory(HISTORY);

  it('finds every transaction with its command and packages', () => {
    expect(runs.map((run) => run.commandLine)).toEqual([
      'apt-get -y install snf-common=0.16.2-1',
      'apt-get -y install snf-network=0.16.2-1',
      'apt-get -y install snf-network=0.16.2-1',
    ]);
    expect(runs[0]?.packages.toSorted()).toEqual(['python-lockfile', 'python-objpool', 'snf-common']);
  });

  it('tells those that failed and those that never ended', () => {
    expect(runs.map((run) => run.complete)).toEqual([true, false, false]);
  });

  it('finds nothing in an empty log', () => {
    expect(parseHistory('')).toEqual([]);
  });
});

describe('parseMigrations', () => {
  it('reads each line', () => {
    expect(parseMigrations('1795456836.702 303 begin syncdb\n1795456837.416 305 apply im.0004_x\n')).toEqual([
      { at: 1795456836.702, pid: 303, event: 'begin', what: 'syncdb' },
      { at: 1795456837.416, pid: 305, event: 'apply', what: 'im.0004_x' },
    ]);
  });

  it('refuses a line that is cut', () => {
    expect(() => parseMigrations('1795456836.702 303 beg')).toThrow('not a migration record');
  });
});
