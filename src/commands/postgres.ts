import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';
import { awaitServer, connection, type DatabaseAddress } from './postgres-library.ts';

/** Asks the server itself whether it answers; prints `1`. A unit that is active proves nothing. */
export function probeServer(port: number): Command {
  return query(`probe the database server on port ${port}`, { name: 'postgres', port }, bash`select 1;`);
}

/** Another client that is connected to a database. */
export interface Session {
  readonly pid: number;
  readonly user: string;
  readonly application: string;
  /** `local` for a socket on the host. */
  readonly address: string;
  readonly state: string;
}

/** Lists the other clients of a database; servers before 10 do not tell clients from their own workers by a column. */
export function sessions(database: DatabaseAddress): Command {
  const rows = bash`select row_to_json(shown) from (
  select a.pid, a.usename as "user", a.application_name as application,
    coalesce(host(a.client_addr), 'local') as address, coalesce(a.state, '') as state
  from pg_stat_activity a
  where a.datname = :'name' and a.pid <> pg_backend_pid() and a.query not like 'autovacuum: %'
    and coalesce(row_to_json(a)->>'backend_type', 'client backend') = 'client backend'
  order by a.pid) shown;`;
  // Asked from another database, so that the question itself is no session on this one.
  const from = { name: 'postgres', port: database.port };
  return query(`list the sessions on ${database.name}`, from, rows, sh`-v ${`name=${database.name}`}`);
}

/**
 * Reads how many rows of users' tables (and large objects) were ever written; unchanged counters mean no writer. After
 * a crash they may be what they were before, all zero: only the reset of the background writer's tells then.
 */
export function writeCounters(database: DatabaseAddress): Command {
  const row = bash`select row_to_json(shown) from (
  select (select oid::text from pg_database where datname = current_database()) as oid,
    coalesce(sum(n_tup_ins), 0)::text as inserted, coalesce(sum(n_tup_upd), 0)::text as updated,
    coalesce(sum(n_tup_del), 0)::text as deleted,
    (select concat_ws(' ', d.stats_reset, b.stats_reset) from pg_stat_database d, pg_stat_bgwriter b
      where d.datname = current_database()) as reset
  from pg_stat_all_tables
  where schemaname !~ '^pg_' and schemaname <> 'information_schema' or relname like 'pg_largeobject%') shown;`;
  return query(`read the write counters of ${database.name}`, database, row);
}

/** Counts the rows of every table of users, exactly, in one snapshot; a parent's count leaves its children out. */
export function rowCounts(database: DatabaseAddress): Command {
  const rows = bash`begin isolation level repeatable read read only;
select json_build_array(format('%I.%I', n.nspname, c.relname), (xpath('/row/count/text()',
    query_to_xml(format('select count(*) as count from only %I.%I', n.nspname, c.relname), false, true, '')))[1]::text)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname collate "C", c.relname collate "C";
commit;`;
  return query(`count the rows of ${database.name}`, database, rows);
}

function query(title: string, database: DatabaseAddress, text: Shell, options: Shell = sh``): Command {
  const script = bash`${strict}${connection(database)}sql ${options} << 'END_OF_SQL'
${text}
END_OF_SQL
`;
  return { title, script: script.text, whenRepeated: awaitServer(database.port).text };
}
