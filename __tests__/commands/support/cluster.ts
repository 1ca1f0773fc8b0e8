import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from '../../../scripts/debian-packages.ts';
import { mustRun } from './run.ts';

/** A PostgreSQL server of its own, run as Debian runs them. */
export interface Cluster extends AsyncDisposable {
  readonly port: number;
  readonly name: string;
  /** Runs SQL in a database (`postgres` unless told) and returns the bare rows. */
  sql(text: string, database?: string): Promise<string>;
  /** A client that stays connected, in the middle of a transaction, until it is disposed of. */
  connect(database: string, application: string): Promise<AsyncDisposable>;
  stop(): Promise<void>;
  /** Ends it without writing anything down. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

export async function createCluster(): Promise<Cluster> {
  await ensureDebianPackages(['postgresql', 'postgresql-common']);
  const version = (await mustRun('ls /usr/lib/postgresql | sort -V | tail -n 1')).trim();
  const port = await freePort();
  const name = `test${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  const env = { VERSION: version, NAME: name, FOLDER: folder, PORT: String(port) };
  const control = async (verb: string): Promise<void> => {
    await mustRun(
      `pg_ctlcluster --skip-systemctl-redirect "$VERSION" "$NAME" ${verb} < /dev/null > /dev/null`,
      env,
    );
  };
  await mustRun(
    `chmod 0755 "$FOLDER"; pg_createcluster "$VERSION" "$NAME" -p "$PORT" -d "$FOLDER/data" --locale C.UTF-8 > /dev/null
    printf '%s\\n' 'fsync = off' 'shared_buffers = 32MB' 'max_connections = 20' >> "/etc/postgresql/$VERSION/$NAME/postgresql.conf"`,
    env,
  );
  await control('start');
  return {
    port,
    name,
    sql: (text, database = 'postgres') =>
      mustRun(`cd /; runuser -u postgres -- psql -X -q -At -v ON_ERROR_STOP=1 -p "$PORT" -f - <<< "$SQL"`, {
        ...env,
        SQL: text,
        PGDATABASE: database,
      }),
    connect: (database, application) => connect(port, database, application),
    start: () => control('start'),
    stop: () => control('-m fast stop'),
    crash: () => control('-m immediate stop'),
    async [Symbol.asyncDispose]() {
      await mustRun('pg_dropcluster --stop "$VERSION" "$NAME"', env);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(port: number, database: string, application: string): Promise<AsyncDisposable> {
  const client = spawn('runuser', ['-u', 'postgres', '--', 'psql', '-X', '-q', '-At', '-p', String(port)], {
    cwd: '/',
    env: { ...process.env, PGDATABASE: database, PGAPPNAME: application },
  });
  client.stdin.write('begin; select 1;\n');
  await new Promise((resolve) => client.stdout.once('data', resolve));
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => client.once('close', resolve));
      client.stdin.end();
      await closed;
    },
  };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
