import type { DatabaseShape } from '../domain/facts.ts';
import { quote } from '../shell/quote.ts';
import type { DatabaseAddress } from './postgres-library.ts';
import { createDatabase, fittingName, swapDatabases } from './restore-sql.ts';

export interface RestoreRequest {
  readonly database: DatabaseAddress;
  /** The dump's file on the database host, not encrypted. */
  readonly file: string;
  readonly shape: DatabaseShape;
  /** Ends the name of the database that is put aside; letters, digits and underscores. */
  readonly suffix: string;
}

/**
 * The lines that a person pastes into a root shell of the database host to restore one dump. The dump goes into a new
 * database (`pg_restore --clean` fails where new tables depend on old ones); only when all of it is in are the two
 * swapped, and the old one stays under another name. Settings and grants of the database itself, which no archive
 * brings back without making the database too, are copied from the old one.
 */
export function restoreByHand({ database, file, shape, suffix }: RestoreRequest): string {
  const { name, port } = database;
  const restored = fittingName(name, `_restored_${suffix}`);
  const broken = fittingName(name, `_broken_${suffix}`);
  const psql = `runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -p ${port} -d postgres`;
  const restore = `runuser -u postgres -- pg_restore --exit-on-error -p ${port} -d ${quote(connectionTo(restored))}`;
  return [
    `# Stop everything that uses the database ${name} first. As it is now it stays, under the name ${broken}.`,
    '(',
    'set -e; cd /',
    heredoc(psql, createDatabase(restored, shape)),
    `${restore} < ${quote(file)}`,
    heredoc(psql, swapDatabases(name, restored, broken)),
    `echo ${quote(`restored: ${name}`)}`,
    ')',
  ].join('\n');
}

/**
 * The lines that a person pastes into a root shell of the database host to bring back the roles and grants of a server.
 * Psql goes on after an error, since the dump makes every role, those that are there as well.
 */
export function restoreGlobalsByHand(port: number, file: string): string {
  return [
    '# Needed only where roles are lost, or what they may do. What the dump does not know stays. Of every role that is',
    '# there an ERROR says that it already exists, and a NOTICE may say so of a grant: no other ERROR may be said.',
    `( cd / && runuser -u postgres -- psql -X -q -p ${port} -d postgres < ${quote(file)} )`,
  ].join('\n');
}

/** `-d` reads a name with an equals sign as a connection string, so such a name is written as one. */
function connectionTo(name: string): string {
  return /^\w[\w.-]*$/.test(name) ? name : `dbname='${name.replaceAll(/['\\]/g, '\\$&')}'`;
}

function heredoc(command: string, text: string): string {
  return `${command} <<'END_OF_SQL'\n${text}\nEND_OF_SQL`;
}
