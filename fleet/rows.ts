import type { Fleet } from './fleet.ts';
import { psql } from './oracle.ts';

/** Rows of a table and a digest of all of them that does not depend on their order on disk. */
export interface TableRows {
  count: number;
  digest: string;
}

/** Names of all databases of a fleet, each once. */
export function databaseNames(fleet: Fleet): string[] {
  return [...new Set(Object.values(fleet.plan.databases).map((database) => database.name))];
}

const TABLES = `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;

/**
 * Every table of a database with its row count and digest.
 * The dispatcher's heartbeat is left out unless asked for: it changes twice a second while that one runs. `on` is the
 * host of a database that the layout does not have.
 */
export async function rowsOf(
  fleet: Fleet,
  database: string,
  options: { heartbeat?: boolean; on?: string } = {},
): Promise<Record<string, TableRows>> {
  const all = (await psql(fleet, database, TABLES, options.on)).split('\n').filter(Boolean);
  const tables = all.filter((table) => options.heartbeat === true || table !== 'public.db_heartbeat');
  const queries = tables.map(
    (table) => `SELECT '${table}', count(*), md5(coalesce(string_agg(line, E'\\n' ORDER BY line), ''))
      FROM (SELECT each::text AS line FROM ${table} AS each) AS lines;`,
  );
  const lines = (await psql(fleet, database, queries.join('\n'), options.on)).split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const [table = '', count, digest = ''] = line.split('|');
      return [table, { count: Number(count), digest }];
    }),
  );
}

/** `rowsOf` for every database, by name. */
export async function allRows(fleet: Fleet): Promise<Record<string, Record<string, TableRows>>> {
  const names = databaseNames(fleet);
  const rows = await Promise.all(names.map((name) => rowsOf(fleet, name)));
  return Object.fromEntries(names.map((name, index) => [name, rows[index] ?? {}]));
}
