import { type Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';
import type { ProcessHint } from './service-library.ts';
import { serviceScript } from './service-script.ts';

export interface StopLimits {
  /** Seconds that the init's own stop may take. */
  readonly limit?: number;
  /** Seconds that processes may live on after it before SIGTERM; an init that waits has waited already. */
  readonly settle?: number;
  /** Seconds that they may live on after SIGTERM before SIGKILL: workers end what they are at. */
  readonly grace?: number;
}

/**
 * Stops a service through the host's init and ends 0 only when no process of it lives: an init script's word, and
 * `is-active`, are no proof. What outlives the stop and the grace is ended by signals. A unit that systemd calls
 * failed is down when it has no process.
 */
export function stopService(name: string, hint: ProcessHint, limits: StopLimits = {}): Shell {
  const { limit = 180, settle = 3, grace = 30 } = limits;
  return serviceScript(
    name,
    hint,
    limit,
    bash`SETTLE=${sh`${settle}`} GRACE=${sh`${grace}`}
${stopBody}`,
  );
}

const stopBody = bash`look
service_words "$NAME"
if [ "$S_EXISTS" = no ] && [ -z "$S_PIDS" ]; then
  echo "$NAME is not on this host"
else
  code=0
  by_init stop || code=$?
  [ "$code" = 0 ] || echo "the stop of $NAME ended with exit code $code"
fi
if ! wait_until_gone "$SETTLE"; then
  echo "the stop of $NAME left processes behind, which are now ended:"
  say_processes
  kill -TERM $S_PIDS 2> /dev/null || true
  if ! wait_until_gone "$GRACE"; then
    echo "killed, since they did not end:"
    say_processes
    kill -KILL $S_PIDS 2> /dev/null || true
  fi
fi
if ! wait_until_gone 10; then
  echo "$NAME still lives:"
  say_processes
  exit 1
fi
service_words "$NAME"
[ "$S_STATE" != failed ] || echo "systemd calls $NAME failed; it has no process, so it is down"
echo "$NAME is down"
`;

/** Ends 0 while no process of the service lives; else it says which. */
export function stillDown(name: string, hint: ProcessHint): Shell {
  return serviceScript(
    name,
    hint,
    0,
    bash`look
if [ -n "$S_PIDS" ]; then
  echo "$NAME runs:"
  say_processes
  exit 1
fi
`,
  );
}
