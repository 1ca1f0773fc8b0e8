import { spawn } from 'node:child_process';
import type { Fleet } from './fleet.ts';
import { databaseOf } from './layouts.ts';
import { initOf } from './machine.ts';
import { psql } from './oracle.ts';
import { CommandFailed, until } from './process.ts';
import type { Undo } from './undo.ts';

/** What the first new migration of each role wants to add: with it there already, that one fails by itself. */
const FIRST_COLUMN = {
  astakos: ['im_project', 'is_base', 'boolean'],
  cyclades: ['db_virtualmachine', 'project', 'varchar(100)'],
  pithos: ['versions', 'mapfile', 'varchar(256)'],
} as const;

/** A migration of a role fails with what PostgreSQL says of a column that exists. */
export async function failingMigration(fleet: Fleet, role: keyof typeof FIRST_COLUMN): Promise<Undo> {
  const { name } = databaseOf(fleet.plan, role);
  const [table, column, type] = FIRST_COLUMN[role];
  await psql(fleet, name, `ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  return async () => {
    await psql(fleet, name, `ALTER TABLE ${table} DROP COLUMN ${column}`);
  };
}

/**
 * A session that stays on a database, by the name "someone" and as its superuser, after running `sql` in a
 * transaction that it never ends.
 */
export async function session(fleet: Fleet, database: string, sql = 'SELECT 1'): Promise<Undo> {
  const plan = Object.values(fleet.plan.databases).find((each) => each.name === database);
  if (plan === undefined) throw new Error(`no database ${database}`);
  const machine = fleet.machine(plan.on);
  const pid = initOf(machine);
  if (pid === undefined) throw new Error(`${plan.on} does not run`);
  const psqlCommand = [
    'psql',
    '-XAtq',
    '-v',
    'ON_ERROR_STOP=1',
    `dbname=${database} application_name=someone`,
  ];
  const user = ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--init-groups'];
  const enter = ['--target', String(pid), '--all', '--root', '--wd', '--'];
  const child = spawn('nsenter', [...enter, ...user, ...psqlCommand], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the session on ${database} ended with ${code}`)));
    child.stdin.write(`BEGIN;\n${sql};\nSELECT 'ready';\n`);
  });
  return async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await ended;
  };
}

/** Someone writes a row into a table of a role's database, as a forgotten cron job does. */
export async function writeRow(fleet: Fleet, role: keyof typeof FIRST_COLUMN): Promise<void> {
  const statements = {
    astakos: 'INSERT INTO im_projectmembership (person_id, project_id, state) VALUES (1, 1, 2)',
    cyclades: "INSERT INTO db_network (name, userid) VALUES ('late', 'someone')",
    pithos: "INSERT INTO policy (node, key, value) VALUES (1, 'late', 'someone')",
  };
  await psql(fleet, databaseOf(fleet.plan, role).name, statements[role]);
}

/** PostgreSQL of a host is down until undone. */
export async function stopDatabase(fleet: Fleet, host: string): Promise<Undo> {
  const control = async (action: string): Promise<void> => {
    const result = await fleet.exec(
      host,
      `pg_ctlcluster 15 main ${action} ${action === 'stop' ? '-m fast' : ''}`,
    );
    if (result.code !== 0) throw new CommandFailed(`PostgreSQL ${action} on ${host}`, result);
  };
  await control('stop');
  return () => control('start');
}

/** Every dump on a host waits so many seconds before it begins; pg_dumpall asks pg_dump for its version as well. */
export async function delayDumps(fleet: Fleet, host: string, seconds: number): Promise<Undo> {
  const program = '/usr/lib/postgresql/15/bin/pg_dump';
  const script = `#!/bin/sh\n[ "$1" = -V ] || sleep ${seconds}\nexec ${program}.real "$@"\n`;
  const put = await fleet.exec(
    host,
    `set -e; mv ${program} ${program}.real; cat > ${program}; chmod 755 ${program}`,
    script,
  );
  if (put.code !== 0) throw new CommandFailed(`slow dumps on ${host}`, put);
  return async () => {
    const undone = await fleet.exec(host, `mv ${program}.real ${program}`);
    if (undone.code !== 0) throw new CommandFailed(`quick dumps on ${host}`, undone);
  };
}

/** Waits until a migration writes this event on a host, for instance "apply im.0005_base_projects". */
export async function migrationReached(
  fleet: Fleet,
  host: string,
  event: string,
  seconds = 60,
): Promise<void> {
  await until(`${event} on ${host}`, seconds, async () => {
    const { stdout } = await fleet.exec(host, 'cat /var/log/fleet/migrations 2>/dev/null');
    return stdout.includes(` ${event}`);
  });
}
