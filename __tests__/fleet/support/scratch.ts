import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import type { Fleet } from '../../../fleet/index.ts';
import type { Operator } from '../../../fleet/operator.ts';
import { psql } from '../../../fleet/oracle.ts';
import { rowsOf, type TableRows } from '../../../fleet/rows.ts';
import type { StoredDump } from '../../../src/domain/dump.ts';
import { printed } from './each-host.ts';

const DATABASE = 'scratch';
const AS_POSTGRES = 'setpriv --reuid postgres --regid postgres --init-groups';

/** The artifact of a dump as the service has it. @throws Error when it has none of that name */
export function artifactOf(operator: Operator, stored: StoredDump | null): Buffer {
  const found = operator.service.artifacts().find(({ name }) => name === stored?.name);
  if (found === undefined) {
    throw new Error(`there is no artifact ${stored?.name}`);
  }
  return readFileSync(found.file);
}

/** What an encrypted dump holds, for whoever has the operator's identity. */
export async function decrypted(operator: Operator, artifact: Buffer): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(operator.identity);
  return Buffer.from(await decrypter.decrypt(artifact));
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Restores an archive into a database of its own and has all of its rows. */
export async function rowsInDump(
  fleet: Fleet,
  host: string,
  archive: Buffer,
): Promise<Record<string, TableRows>> {
  const file = put(fleet, host, archive);
  await psql(fleet, 'postgres', `DROP DATABASE IF EXISTS ${DATABASE}`, host);
  await psql(fleet, 'postgres', `CREATE DATABASE ${DATABASE} TEMPLATE template0`, host);
  await printed(fleet, host, `${AS_POSTGRES} pg_restore --exit-on-error -d ${DATABASE} <${file}`);
  const rows = await rowsOf(fleet, DATABASE, { on: host });
  await psql(fleet, 'postgres', `DROP DATABASE ${DATABASE}`, host);
  return rows;
}

/**
 * Restores roles and grants into a new server and has what that one then says of itself, and what the real one says.
 * The superuser is in every new server already, so its creation, and nothing else, must fail.
 */
export async function rolesInDump(
  fleet: Fleet,
  host: string,
  sql: Buffer,
): Promise<{ restored: string; real: string; complaints: string }> {
  const file = put(fleet, host, sql);
  const roles = (port: number): string =>
    `${AS_POSTGRES} pg_dumpall -p ${port} --globals-only | grep -v '^\\\\\\(un\\)\\?restrict '`;
  await printed(
    fleet,
    host,
    'pg_createcluster --port 5499 15 scratch >/dev/null && pg_ctlcluster --skip-systemctl-redirect 15 scratch start',
  );
  try {
    const { stderr } = await fleet.exec(host, `cd /; ${AS_POSTGRES} psql -X -q -p 5499 <${file}`);
    return {
      restored: await printed(fleet, host, roles(5499)),
      real: await printed(fleet, host, roles(5432)),
      complaints: stderr.trim(),
    };
  } finally {
    await printed(
      fleet,
      host,
      'pg_ctlcluster --skip-systemctl-redirect 15 scratch stop -m fast; pg_dropcluster 15 scratch',
    );
  }
}

/** Puts a file onto a host, by the disk. */
function put(fleet: Fleet, host: string, bytes: Buffer): string {
  writeFileSync(join(fleet.machine(host).overlay.root, 'root', 'scratch.dump'), bytes);
  return '/root/scratch.dump';
}
