import type { Fleet } from '../../../fleet/index.ts';
import { psql } from '../../../fleet/oracle.ts';
import { databaseNames } from '../../../fleet/rows.ts';

/** Every row of a table, over the columns that it had when it was looked at. */
interface TableKeys {
  readonly columns: string;
  readonly rows: ReadonlySet<string>;
}

/** Every row of every table, by database and table. */
export type RowKeys = Readonly<Record<string, ReadonlyMap<string, TableKeys>>>;

/** Tables whose rows are replaced as a matter of course: what a migration is for, and a sign of life. */
const REPLACED = ['public.alembic_version', 'public.db_heartbeat'];

const COLUMNS = `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name),
    string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
  FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1`;

/** Reads all rows of all databases, so that `lostRows` can say later which of them are no more. */
export async function rowKeys(fleet: Fleet): Promise<RowKeys> {
  const found: Record<string, Map<string, TableKeys>> = {};
  for (const database of databaseNames(fleet)) {
    const tables = new Map<string, TableKeys>();
    for (const line of (await psql(fleet, database, COLUMNS)).split('\n')) {
      const [table = '', columns = ''] = line.split('|');
      if (!REPLACED.includes(table)) {
        tables.set(table, { columns, rows: await rowsBy(fleet, database, table, columns) });
      }
    }
    found[database] = tables;
  }
  return found;
}

/** Rows that were there and are not there any more, as `database table: how many`; a migration only adds. */
export async function lostRows(fleet: Fleet, before: RowKeys): Promise<string[]> {
  const lost: string[] = [];
  for (const [database, tables] of Object.entries(before)) {
    for (const [table, { columns, rows }] of tables) {
      const now = await rowsBy(fleet, database, table, columns);
      const missing = [...rows].filter((row) => !now.has(row));
      if (missing.length > 0) {
        lost.push(`${database} ${table}: ${missing.length} of ${rows.size}`);
      }
    }
  }
  return lost;
}

async function rowsBy(
  fleet: Fleet,
  database: string,
  table: string,
  columns: string,
): Promise<ReadonlySet<string>> {
  const lines = await psql(fleet, database, `SELECT md5(ROW(${columns})::text) FROM ${table}`);
  return new Set(lines.split('\n').filter(Boolean));
}
