import { bash } from './bash.ts';
import { processLibrary } from './process-library.ts';

/** How to know the processes of a service where its unit does not say. `user` only narrows the others down. */
export interface ProcessHint {
  readonly pidfile?: string | undefined;
  /** A path, or a bare name; that of the script where an interpreter runs it. */
  readonly executable?: string | undefined;
  /** A part of the command line, its words joined by blanks. */
  readonly arguments?: string | undefined;
  readonly user?: string | undefined;
}

/** The hint as the four words that the functions below take behind the service's name. */
export function hintWords(hint: ProcessHint): readonly [string, string, string, string] {
  return [hint.pidfile ?? '', hint.executable ?? '', hint.arguments ?? '', hint.user ?? ''];
}

/**
 * Bash functions about services under systemd and sysvinit; the one place that knows which processes are a service's.
 *
 * `find_init` sets INIT. `service_find NAME PIDFILE EXECUTABLE ARGUMENTS USER` looks at /proc as `scan_processes` left
 * it and sets S_PIDS: every live process in the unit's cgroup (a stopped unit's leftovers too, which systemd itself has
 * forgotten), the one in the pidfile, and those that match the hint. `service_words NAME` sets S_EXISTS, S_ENABLED,
 * S_RESTARTS, S_WORD and S_STATE from the init system; none of them proves that anything runs.
 */
export const serviceLibrary = bash`${processLibrary}
find_init() {
  INIT=sysvinit UNIT_ROOT=
  [ ! -d /run/systemd/system ] || INIT=systemd
  if [ "$INIT" = systemd ]; then
    read_group 1
    UNIT_ROOT=\${P_GROUP[1]%/init.scope}
    UNIT_ROOT=\${UNIT_ROOT%/}
  fi
}

service_find() {
  local name=$1 pidfile=$2 executable=$3 arguments=$4 user=$5 pid listed
  S_PIDS=
  listed=$(pid_in_file "$name" "$pidfile")
  for pid in $ALL_PIDS; do
    if in_unit "$pid" "$name" || by_pidfile "$pid" "$listed" || by_hint "$pid"; then S_PIDS="$S_PIDS $pid"; fi
  done
  S_PIDS=\${S_PIDS# }
}

# Only slices may stand between systemd's root and the unit: a container's unit of that name is another service.
in_unit() {
  [ "$INIT" = systemd ] && [[ \${P_GROUP[$1]:-} =~ ^"$UNIT_ROOT"(/[^/]+\.slice)*/_?"$2.service"(/|$) ]]
}

# A pidfile from before this boot says nothing; one that names a process unlike the hint lies.
by_pidfile() {
  [ "$1" = "$2" ] && process_matches "$1" "$executable" "$arguments" "$user"
}

by_hint() {
  if [ -n "$executable$arguments" ]; then
    process_matches "$1" "$executable" "$arguments" "$user"
  elif [ -z "$pidfile" ] && has_init_script "$name"; then
    case "\${P_SCRIPT[$1]}" in /etc/init.d/* | /etc/rc?.d/*) return 1 ;; esac
    process_matches "$1" "$name" '' "$user"
  else
    return 1
  fi
}

pid_in_file() {
  local file pid
  if [ -n "$2" ]; then set -- "$1" "$2"; else set -- "$1" "/run/$1.pid" "/var/run/$1.pid" "/run/$1/$1.pid"; fi
  shift
  for file; do
    [ -f "$file" ] && of_this_boot "$file" || continue
    pid=
    { read -r pid < "$file" || true; } 2>/dev/null
    pid=\${pid%%[!0-9]*}
    if [ -n "$pid" ]; then
      printf '%s\n' "$pid"
      return 0
    fi
  done
}

# /run is emptied at boot; elsewhere the file must not be older than the first process.
of_this_boot() {
  local boot key
  case "$1" in /run/* | /var/run/*) return 0 ;; esac
  while read -r key boot; do [ "$key" != btime ] || break; done < /proc/stat
  [ "$(stat -L -c %Y -- "$1")" -ge $((boot + \${P_START[1]:-0} / $(getconf CLK_TCK) - 2)) ]
}

has_init_script() {
  [ "$INIT" = sysvinit ] || { [ -x "/etc/init.d/$1" ] && [ ! -e "/lib/systemd/system/$1.service" ]; }
}

service_words() {
  local line load= active= sub= state=
  S_EXISTS=no S_ENABLED=no S_RESTARTS=0 S_WORD= S_STATE=
  if [ "$INIT" = sysvinit ]; then
    [ ! -x "/etc/init.d/$1" ] || S_EXISTS=yes
    ! starts_in_runlevel "$1" || S_ENABLED=yes
    S_WORD='no init script'
    [ $S_EXISTS = no ] || S_WORD='init script'
    return 0
  fi
  while IFS= read -r line; do
    case "$line" in
      LoadState=*) load=\${line#*=} ;;
      ActiveState=*) active=\${line#*=} ;;
      SubState=*) sub=\${line#*=} ;;
      UnitFileState=*) state=\${line#*=} ;;
      NRestarts=*) S_RESTARTS=\${line#*=} ;;
    esac
  done < <(timeout 30 systemctl show -p LoadState,ActiveState,SubState,UnitFileState,NRestarts -- "$1.service" </dev/null)
  [ -n "$load" ] || { echo "systemd does not answer about $1.service" >&2; return 1; }
  [ "$load" = not-found ] || S_EXISTS=yes
  S_STATE=$active
  S_WORD="$load, $active ($sub)\${state:+, $state}"
  case "$state" in
    enabled | enabled-runtime | alias | linked) S_ENABLED=yes ;;
    generated | '') ! starts_in_runlevel "$1" || S_ENABLED=yes ;;
  esac
}

starts_in_runlevel() {
  local link
  for link in /etc/rc[2345S].d/S[0-9][0-9]"$1"; do [ ! -x "$link" ] || return 0; done
  return 1
}
`;
