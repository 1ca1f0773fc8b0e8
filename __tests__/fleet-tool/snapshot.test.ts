import { expect, it } from '@jest/globals';
import { programsIn } from '../../fleet/snapshot.ts';

it('counts neither what belongs to a login nor a server that has just forked', () => {
  const processes = [
    '      1       0 /lib/systemd/systemd',
    '     71       1 /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
    '     74      71 postgres: 15/main: checkpointer ',
    '    912      71 /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
    '    300       1 sshd: root@notty',
    '    301     300 ps -eo pid=,ppid=,args=',
    '',
  ].join('\n');
  expect(programsIn(processes)).toEqual([
    '/lib/systemd/systemd',
    '/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
  ]);
});

it('counts every other program as often as it runs', () => {
  const processes = [
    '    80       1 /usr/bin/python3 /usr/bin/gunicorn webshop',
    '    81      80 /usr/bin/python3 /usr/bin/gunicorn webshop',
    '    90       1 /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
    '    91       1 /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
  ].join('\n');
  expect(programsIn(processes)).toHaveLength(4);
});
