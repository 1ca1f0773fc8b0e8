import { type Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';

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
