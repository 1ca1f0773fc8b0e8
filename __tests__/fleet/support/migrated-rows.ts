import type { Fleet } from '../../../fleet/index.ts';
import { databaseNames, type TableRows } from '../../../fleet/rows.ts';

type Tables = Readonly<Record<string, TableRows>>;
export type Rows = Readonly<Record<string, Tables>>;

/** What the migrations to 0.16 make of the number of rows of a table. */
const COUNTS: Readonly<Record<string, (count: (table: string) => number) => number>> = {
  // A base project for every user, its owner a member of it, with a quota.
  im_project: (count) => count('im_project') + count('im_astakosuser'),
  im_projectmembership: (count) => count('im_projectmembership') + count('im_astakosuser'),
  im_projectresourcequota: (count) => count('im_astakosuser'),
  quotaholder_app_holding: (count) => 2 * count('quotaholder_app_holding'),
  db_volume: (count) => count('db_virtualmachine'),
  // Every object gets the policy of its project; the containers above have theirs.
  policy: (count) => count('policy') + count('nodes') - 500,
};

/** A new model has a content type and three permissions; an interrupted migration loses these for good. */
const PERMISSIONS_OF_A_MODEL = 3;
const NEW_MODELS: Readonly<Record<string, number>> = { astakos: 1, cyclades: 1, pithos: 0 };

/** Tables whose rows the migrations change or stamp with a time. */
const CHANGED = ['db_virtualmachine', 'versions', 'alembic_version'];

/** Everything that is not as an uninterrupted upgrade leaves it, in words; empty when all is. */
export function wrongRows(fleet: Fleet, before: Rows, after: Rows): string[] {
  return databaseNames(fleet).flatMap((database) =>
    wrongTables(newModels(fleet, database), before[database] ?? {}, after[database] ?? {}).map(
      (what) => `${database}: ${what}`,
    ),
  );
}

function newModels(fleet: Fleet, database: string): number {
  return Object.entries(fleet.plan.databases)
    .filter(([, { name }]) => name === database)
    .reduce((sum, [role]) => sum + (NEW_MODELS[role] ?? 0), 0);
}

function wrongTables(models: number, before: Tables, after: Tables): string[] {
  const count = (table: string): number => before[`public.${table}`]?.count ?? 0;
  const expected = (table: string): number => {
    switch (table) {
      case 'django_content_type':
        return count(table) + models;
      case 'auth_permission':
        // Only astakos has the tables of permissions; in a shared database all models get theirs.
        return count(table) + PERMISSIONS_OF_A_MODEL * models;
      default:
        return COUNTS[table]?.(count) ?? count(table);
    }
  };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) =>
    name.replace('public.', ''),
  );
  return names
    .filter((table) => table !== 'django_migrations')
    .flatMap((table) => {
      const now = after[`public.${table}`];
      if (now?.count !== expected(table)) {
        return [`${table} has ${now?.count ?? 'no'} rows, not ${expected(table)}`];
      }
      const untouched = now.count === count(table) && !CHANGED.includes(table);
      return untouched && now.digest !== before[`public.${table}`]?.digest
        ? [`${table} has other rows than before`]
        : [];
    });
}
