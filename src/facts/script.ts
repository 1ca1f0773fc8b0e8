import { aptLibrary } from '../commands/apt-library.ts';
import { bash, strict } from '../commands/bash.ts';
import { serviceLibrary } from '../commands/service-library.ts';

/**
 * The script that reads the facts of a host. It is the same text always; `query.ts` writes its input. The answer has
 * one record a line, fields parted by bars; inside a field `\\`, `\p`, `\n` and `\r` stand for backslash, bar, newline
 * and carriage return, and the whole output of a tool travels as base64, so that nothing that a host says can pass for
 * a record. The last line is `end`.
 */
export const factsScript = bash`${strict}${serviceLibrary}${aptLibrary}
put() {
  local field line=
  for field; do
    field=\${field//\\/\\\\}
    field=\${field//|/\\p}
    field=\${field//$'\n'/\\n}
    line="$line\${field//$'\r'/\\r}|"
  done
  printf '%s\n' "\${line%|}"
}

put_output() {
  local name=$1 encoded
  shift
  encoded=$("$@" < /dev/null | base64 -w 0)
  put output "$name" "$encoded"
}

decode() { printf -v "$1" %b "$2"; }

read_questions() {
  local kind name line
  QUESTIONS=() PACKAGES=() COMPLETE=no LISTS=system RELEASE=
  while IFS= read -r line; do
    kind=\${line%%|*} name=\${line#*|}
    case "$kind" in
      end) COMPLETE=yes ;;
      lists) LISTS=$name ;;
      release) decode RELEASE "$name" ;;
      package) decode name "$name"; PACKAGES+=("$name") ;;
      service | free | tool | database) QUESTIONS+=("$line") ;;
      *) echo "not a question: $kind" >&2; return 1 ;;
    esac
  done
  [ "$COMPLETE" = yes ] || { echo 'the questions are not complete' >&2; return 1; }
}

answer_host() {
  local boot
  read -r boot < /proc/sys/kernel/random/boot_id
  find_init
  put host "$boot $(readlink /proc/1/ns/pid)" "$(dpkg --print-architecture)" "$INIT" "$(date +%s%N)"
  put_output os-release cat /etc/os-release
}

answer_packages() {
  local name
  put_output unfinished unfinished_packages
  [ "\${#PACKAGES[@]}" -gt 0 ] || return 0
  for name in "\${PACKAGES[@]}"; do put asked "$name"; done
  put_output dpkg installed_packages "\${PACKAGES[@]}"
  quiet_caches
  if [ "$LISTS" = temporary ]; then
    temporary_lists
    update_lists
  fi
  [ -z "$RELEASE" ] || APT_OPTIONS+=(-o "APT::Default-Release=$RELEASE")
  put_output policy apt-cache "\${APT_OPTIONS[@]}" policy -- "\${PACKAGES[@]}"
}

unfinished_packages() {
  dpkg-query -W -f='\${binary:Package} \${Status}\n' |
    { grep -vE ' [a-z]+ ok (installed|config-files|not-installed)$' || true; }
}

# Ends 1 where dpkg never heard of one of them.
installed_packages() {
  dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' -- "$@" 2> /dev/null || [ "$?" = 1 ]
}

answer() {
  local kind a b c d e
  IFS='|' read -r kind a b c d e <<< "$1"
  decode a "$a"; decode b "$b"; decode c "$c"; decode d "$d"; decode e "$e"
  case "$kind" in
    service) answer_service "$a" "$b" "$c" "$d" "$e" ;;
    free) put free "$a" $(free_space "$a") ;;
    tool) command -v -- "$a" > /dev/null || put missing "$a" ;;
    database) answer_database "$a" "$b" "$c" ;;
  esac
}

answer_service() {
  local pid
  service_words "$1"
  service_find "$@"
  put service "$1" "$S_EXISTS" "$S_ENABLED" "$S_RESTARTS" "$S_WORD"
  for pid in $S_PIDS; do put process "$1" "$pid" "\${P_START[$pid]}" "\${P_COMMAND[$pid]}"; done
}

# Bytes that may still be written, and the number of the file system.
free_space() {
  local path=$1 blocks size
  while [ ! -e "$path" ]; do path=$(dirname -- "$path"); done
  read -r blocks size < <(stat -f -L -c '%a %S' -- "$path")
  echo "$((blocks * size)) $(stat -L -c %d -- "$path")"
}

answer_database() {
  local said code=0 rows
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

main() {
  local question
  read_questions
  answer_host
  answer_packages
  scan_processes
  for question in \${QUESTIONS[@]+"\${QUESTIONS[@]}"}; do answer "$question"; done
  put end "$(date +%s%N)"
}
main
`;
