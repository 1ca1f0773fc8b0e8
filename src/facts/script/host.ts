import { bash } from '../../commands/bash.ts';

/** What the look script says of the machine itself: its release and clock, room on its disks, missing tools, services. */
export const hostAnswers = bash`answer_host() {
  local boot
  read -r boot < /proc/sys/kernel/random/boot_id
  put host "$boot $(readlink /proc/1/ns/pid)" "$(dpkg --print-architecture)" "$INIT" "$(date +%s%N)"
  put_output os-release cat /etc/os-release
  put_output host-keys host_keys
  put_output unfinished unfinished_packages
}

host_keys() { cat -- /etc/ssh/ssh_host_*_key.pub 2> /dev/null || true; }

unfinished_packages() {
  dpkg-query -W -f='\${binary:Package} \${Status}\n' |
    { grep -vE ' [a-z]+ ok (installed|config-files|not-installed)$' || true; }
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

answer_free() { put free "$1" $(free_space "$1"); }

answer_tool() { command -v -- "$1" > /dev/null || put missing "$1"; }
`;
