import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';
import { hintWords, type ProcessHint, serviceLibrary } from './service-library.ts';

/** Bash functions on top of the library: `look` sets S_PIDS afresh; `wait_until_gone SECONDS` looks until it is empty. */
const prelude = bash`${strict}${serviceLibrary}
look() {
  scan_processes
  service_find "\${SERVICE[@]}"
}

wait_until_gone() {
  local until=$((SECONDS + $1))
  while look; [ -n "$S_PIDS" ]; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}

say_processes() {
  local pid
  for pid in $S_PIDS; do echo "  $pid \${P_COMMAND[$pid]:0:200}"; done
}

by_init() {
  if [ "$INIT" = systemd ]; then
    timeout -k 10 "$LIMIT" systemctl "$1" -- "$NAME.service" < /dev/null
  else
    timeout -k 10 "$LIMIT" service "$NAME" "$1" < /dev/null
  fi
}

say_log() {
  if [ "$INIT" = systemd ]; then
    journalctl --no-pager -q -n 20 -u "$NAME.service" || true
  elif [ -f "/var/log/$NAME.log" ]; then
    tail -n 20 "/var/log/$NAME.log"
  fi
}
`;

/**
 * A script about one service: NAME, its words as `service_find` takes them, and LIMIT, the seconds that the init's own
 * start or stop may take.
 */
export function serviceScript(name: string, hint: ProcessHint, limit: number, body: Shell): Shell {
  return bash`${prelude}NAME=${sh`${name}`} SERVICE=(${sh`${[name, ...hintWords(hint)]}`}) LIMIT=${sh`${limit}`}
find_init
${body}`;
}
