import { bash } from './bash.ts';

/**
 * Bash functions that look at the processes of a host, with nothing but builtins (bash 4.3 and later).
 *
 * `scan_processes` takes one look at /proc. Left out are zombies, kernel threads, processes of containers (another
 * pid namespace) and the script's own family: its ancestors and descendants may hold the searched words in their
 * command lines. After it, by pid: P_START (clock ticks after boot, so that a reused pid is told apart), P_COMMAND
 * (the command line, blanks for NULs), P_PROGRAM and P_SCRIPT (its first word, and the first one behind an
 * interpreter) and P_GROUP (the cgroup that systemd put it into); and ALL_PIDS, in order.
 *
 * `process_matches PID EXECUTABLE ARGUMENTS USER` holds a process against a hint; empty parts match everything.
 */
export const processLibrary = bash`declare -A P_PARENT P_STATE P_START P_COMMAND P_PROGRAM P_SCRIPT P_GROUP
ALL_PIDS=

scan_processes() {
  local path pid
  P_PARENT=() P_STATE=() P_START=() P_COMMAND=() P_PROGRAM=() P_SCRIPT=() P_GROUP=()
  ALL_PIDS=
  for path in /proc/[0-9]*; do read_stat "\${path#/proc/}"; done
  own_family
  for path in /proc/[0-9]*; do
    pid=\${path#/proc/}
    case "\${P_STATE[$pid]:-Z}" in Z | X | x) continue ;; esac
    case "$OWN_FAMILY" in *" $pid "*) continue ;; esac
    [ "/proc/$pid/ns/pid" -ef /proc/self/ns/pid ] || continue
    read_command "$pid" || continue
    read_group "$pid"
    ALL_PIDS="$ALL_PIDS $pid"
  done
}

read_stat() {
  local stat= fields
  { IFS= read -r -d '' stat < "/proc/$1/stat" || true; } 2>/dev/null
  # The name in brackets may hold blanks, brackets and newlines: what counts follows the last bracket.
  read -r -a fields <<< "\${stat##*) }"
  [ "\${#fields[@]}" -gt 19 ] || return 0
  P_STATE[$1]=\${fields[0]} P_PARENT[$1]=\${fields[1]} P_START[$1]=\${fields[19]}
}

own_family() {
  local pid=$$ child grown=yes
  OWN_FAMILY=' '
  while [ "\${pid:-0}" -gt 0 ]; do
    OWN_FAMILY="$OWN_FAMILY$pid "
    pid=\${P_PARENT[$pid]:-0}
  done
  local below=" $$ "
  while [ "$grown" = yes ]; do
    grown=no
    for child in "\${!P_PARENT[@]}"; do
      case "$below" in *" $child "*) continue ;; esac
      case "$below" in *" \${P_PARENT[$child]} "*) below="$below$child " grown=yes ;; esac
    done
  done
  OWN_FAMILY="$OWN_FAMILY$below"
}

read_command() {
  # A process that ends meanwhile makes read fail without setting the word, and an unset one ends the script.
  local word= command= count=0 program= script= inline=
  while IFS= read -r -d '' word || [ -n "$word" ]; do
    command="$command\${command:+ }$word"
    count=$((count + 1))
    if [ "$count" = 1 ]; then program=$word; fi
    if [ "$count" -gt 1 ] && [ -z "$script$inline" ]; then
      case "$word" in -c | -e) inline=yes ;; -*) ;; *) script=$word ;; esac
    fi
    [ "\${#command}" -lt 4096 ] || break
  done 2>/dev/null < "/proc/$1/cmdline" || return 1
  [ -n "$command" ] || return 1
  case "\${program##*/}" in
    sh | ash | bash | dash | perl* | python* | ruby* | node* | php* | java) ;;
    *) script= ;;
  esac
  P_COMMAND[$1]=$command P_PROGRAM[$1]=$program P_SCRIPT[$1]=$script
}

read_group() {
  local line group=
  { while IFS= read -r line; do
    case "$line" in *:name=systemd:* | 0::?*) group=\${line#*:*:} ;; esac
    case "$line" in *:name=systemd:*) break ;; esac
  done < "/proc/$1/cgroup"; } 2>/dev/null || true
  P_GROUP[$1]=$group
}

process_matches() {
  local program=\${P_PROGRAM[$1]:-} script=\${P_SCRIPT[$1]:-}
  [ -n "$program" ] || return 1
  if [ -n "$2" ]; then
    case "$2" in
      /*) [ "$program" = "$2" ] || [ "$script" = "$2" ] || runs_file "$1" "$2" || return 1 ;;
      *) [ "\${program##*/}" = "$2" ] || [ "\${script##*/}" = "$2" ] || return 1 ;;
    esac
  fi
  if [ -n "$3" ]; then
    case "\${P_COMMAND[$1]}" in *"$3"*) ;; *) return 1 ;; esac
  fi
  [ -z "$4" ] || runs_as "$1" "$4"
}

# The file may have been replaced by an upgrade since: the kernel then says " (deleted)".
runs_file() {
  local file
  [ "/proc/$1/exe" -ef "$2" ] && return 0
  file=$(readlink "/proc/$1/exe" 2>/dev/null) || return 1
  [ "\${file% (deleted)}" = "$2" ]
}

runs_as() {
  local key= real effective= rest uid
  uid=$(id -u -- "$2" 2>/dev/null) || return 1
  { while read -r key real effective rest; do
    [ "$key" != Uid: ] || break
  done < "/proc/$1/status"; } 2>/dev/null || return 1
  [ "$key" = Uid: ] && [ "$effective" = "$uid" ]
}
`;
