import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';

/** Seconds that the server of a host which has just come back may take to accept connections. */
const SERVER_PATIENCE = 30;

/** One database on a server of the host on which the script runs. */
export interface DatabaseAddress {
  readonly name: string;
  readonly port: number;
}

/**
 * Sets the connection: its variables alone, since a database called `a=b` or `-x` on a command line would be read as
 * something else. Defines `as_postgres COMMAND...` (the server's own user and tools), `sql` (psql that prints bare
 * rows and ends at the first error) and the folder of the server's own tools on the PATH, as far as it is there.
 */
export function connection({ name, port }: DatabaseAddress): Shell {
  return bash`export PGDATABASE=${sh`${name}`} PGPORT=${sh`${port}`} PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8
as_postgres() { runuser -u postgres -- "$@"; }
sql() { as_postgres psql -X -q -At -v ON_ERROR_STOP=1 "$@"; }
server_tools() {
  local number major
  number=$(sql -c 'show server_version_num')
  major=$((number / 10000))
  [ "$number" -ge 100000 ] || major="$major.$((number / 100 % 100))"
  [ ! -d "/usr/lib/postgresql/$major/bin" ] || PATH="/usr/lib/postgresql/$major/bin:$PATH"
}
`;
}

/**
 * Waits until the server accepts connections, for so long as one may need that is started with its host; what comes
 * after it meets whatever is there then. For a command that is repeated: a server that is down at the first try is told
 * of at once.
 */
export function awaitServer(port: number): Shell {
  return bash`(${strict}${connection({ name: 'postgres', port })}
until=$((SECONDS + ${sh`${SERVER_PATIENCE}`})) told=
while code=0; as_postgres pg_isready -q || code=$?; [ "$code" = 1 ] || [ "$code" = 2 ]; do
  [ "$SECONDS" -lt "$until" ] || break
  [ -n "$told" ] || echo "the database server on port $PGPORT accepts no connections yet: waiting for it" >&2
  told=yes
  sleep 0.5
done) || true
`;
}
