import { bash } from '../../commands/bash.ts';

/** What the look script says of a database: size, shape and room. A server that does not answer is a fact like another. */
export const databaseAnswers = bash`answer_database() {
  local said code=0 rows
  must_be port '[0-9]{1,5}' "$2"
  said=$(ask_server "$2" "$3" 2>&1) || code=$?
  if [ "$code" != 0 ]; then
    put silent "$1" "\${said:-exit code $code}"
    return 0
  fi
  # The client may have printed warnings between the rows.
  mapfile -t rows < <(sed -n 's/^row://p' <<< "$said")
  put database "$1" "\${rows[0]}" "\${rows[2]:-}" $(free_space "\${rows[1]}")
}

ask_server() {
  PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8 PGOPTIONS='-c statement_timeout=60s' timeout 90 runuser -u postgres -- \
    psql -X -q -At -v ON_ERROR_STOP=1 -v name="$2" -p "$1" -d postgres << 'END'
select 'row:' || current_setting('server_version');
select 'row:' || current_setting('data_directory');
select 'row:' || row_to_json(shown) from (
  select d.*, pg_get_userbyid(d.datdba) as owner, pg_encoding_to_char(d.encoding) as charset,
    pg_database_size(d.oid) as size from pg_database d where d.datname = :'name') shown;
END
}
`;
