import { type Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';
import type { ProcessHint } from './service-library.ts';
import { serviceScript } from './service-script.ts';

/** Ends 0 while a process of the service lives. */
export function stillUp(name: string, hint: ProcessHint): Shell {
  return serviceScript(
    name,
    hint,
    0,
    bash`look
if [ -z "$S_PIDS" ]; then
  echo "$NAME has no process"
  exit 1
fi
`,
  );
}

/**
 * Starts a service through the host's init and ends 0 when it has a process. A unit that is `active (exited)` with
 * no process is stopped first, since systemd would call it started and do nothing.
 * @param limit seconds that the init's own start may take
 */
export function startService(name: string, hint: ProcessHint, limit = 300): Shell {
  return serviceScript(
    name,
    hint,
    limit,
    bash`look
service_words "$NAME"
if [ "$INIT" = systemd ]; then
  systemctl reset-failed -- "$NAME.service" 2> /dev/null || true
  if [ -z "$S_PIDS" ] && [ "$S_STATE" = active ]; then by_init stop || true; fi
fi
code=0
by_init start || code=$?
if [ "$code" != 0 ]; then
  echo "the start of $NAME ended with exit code $code"
  say_log
  exit 1
fi
until=$((SECONDS + 10))
while look; [ -z "$S_PIDS" ]; do
  if [ "$SECONDS" -ge "$until" ]; then
    echo "the start of $NAME ended well, but it has no process"
    say_log
    exit 1
  fi
  sleep 0.2
done
echo "$NAME is up"
`,
  );
}

/**
 * Ends 0 when the service's own processes are the same ones some seconds later and systemd did not restart it
 * meanwhile: many die a second or two after a start that ended well. Children that come and go do not count.
 */
export function proveRunning(name: string, hint: ProcessHint, seconds: number): Shell {
  return serviceScript(
    name,
    hint,
    0,
    bash`own_processes() {
  local pid
  look
  for pid in $S_PIDS; do
    case " $S_PIDS " in *" \${P_PARENT[$pid]} "*) ;; *) echo "$pid/\${P_START[$pid]}" ;; esac
  done
}
not_so() {
  echo "$NAME $1"
  say_log
  exit 1
}
before=$(own_processes)
[ -n "$before" ] || not_so 'has no process'
service_words "$NAME"
restarts=$S_RESTARTS
sleep ${sh`${seconds}`}
after=$(own_processes)
service_words "$NAME"
[ "$restarts" = "$S_RESTARTS" ] || not_so "was restarted by systemd: $restarts times before, $S_RESTARTS now"
for process in $before; do
  case " $(echo $after) " in *" $process "*) ;; *) not_so "lost its process \${process%/*} within ${sh`${seconds}`} seconds" ;; esac
done
echo "$NAME runs: $(echo $after)"
`,
  );
}
