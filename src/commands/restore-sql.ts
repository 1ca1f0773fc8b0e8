import type { DatabaseShape } from '../domain/facts.ts';

/** PostgreSQL cuts longer names off, silently. */
const NAME_BYTES = 63;

/** The name with the suffix, shortened before the suffix where it would be too long. */
export function fittingName(name: string, suffix: string): string {
  const letters = [...name];
  while (Buffer.byteLength(letters.join('') + suffix) > NAME_BYTES) {
    letters.pop();
  }
  return letters.join('') + suffix;
}

/** Makes an empty database like the one that was dumped; one that an earlier try left is dropped. */
export function createDatabase(name: string, shape: DatabaseShape): string {
  const icu =
    shape.icuLocale === null ? '' : `\n  LOCALE_PROVIDER icu ICU_LOCALE ${literal(shape.icuLocale)}`;
  return `DROP DATABASE IF EXISTS ${identifier(name)};
CREATE DATABASE ${identifier(name)} OWNER ${identifier(shape.owner)} TEMPLATE template0
  ENCODING ${literal(shape.encoding)} LC_COLLATE ${literal(shape.collate)} LC_CTYPE ${literal(shape.ctype)}${icu};`;
}

/** Gives the restored database the name, and the old one (if it is still there) another; all of it or nothing. */
export function swapDatabases(name: string, restored: string, broken: string): string {
  return `BEGIN;
DO $do$ BEGIN
  IF EXISTS (SELECT FROM pg_database WHERE datname = ${literal(name)}) THEN
    ALTER DATABASE ${identifier(name)} RENAME TO ${identifier(broken)};
  END IF;
END $do$;
ALTER DATABASE ${identifier(restored)} RENAME TO ${identifier(name)};
${copyProperties(broken, name)}
COMMIT;`;
}

/** A list among the settings is kept with its own quotes, and must not get others around it. */
function copyProperties(from: string, to: string): string {
  return `DO $do$
DECLARE command text;
BEGIN
  FOR command IN
    SELECT format('ALTER %s SET %I TO %s', CASE setrole WHEN 0 THEN format('DATABASE %I', ${literal(to)})
        ELSE format('ROLE %s IN DATABASE %I', setrole::regrole, ${literal(to)}) END,
        split_part(setting, '=', 1), CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces',
          'local_preload_libraries', 'session_preload_libraries') THEN value ELSE quote_literal(value) END)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(setconfig) AS setting,
        substr(setting, position('=' IN setting) + 1) AS value
      WHERE d.datname = ${literal(from)}
    UNION ALL
    SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', ${literal(to)})
      FROM pg_database WHERE datname = ${literal(from)} AND datacl IS NOT NULL
    UNION ALL
    SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, ${literal(to)},
        CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
        CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_database, aclexplode(datacl) WHERE datname = ${literal(from)}
  LOOP
    EXECUTE command;
  END LOOP;
END $do$;`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Safe whatever `standard_conforming_strings` says. */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
