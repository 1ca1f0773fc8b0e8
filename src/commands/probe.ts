import type { Command } from '../shell/command.ts';
import { Shell, sh } from '../shell/quote.ts';
import type { Secret } from '../shell/secret.ts';
import { bash, strict } from './bash.ts';
import { type HealthRequest, requestOf } from './health-request.ts';
import { pageLibrary } from './page-library.ts';

/** Seconds after which a probe ends and is begun anew: it can never outlive its run by more. */
export const PROBE_SECONDS = 60;

/**
 * Asks several pages in turn, every half second, and prints what changes: a line `TIME NUMBER good|bad` for the first
 * answer of each and for every other one, TIME in seconds by the host's clock: when a bad one was asked for, when a good
 * one had come. For any other answer it prints a line `TIME`, which shows that it lives, and ends it where nobody takes
 * it any more. Whatever happens to the connection, it ends after PROBE_SECONDS.
 * @throws RangeError as `askHealth`
 */
export function probeHealth(checks: readonly HealthRequest[], secrets: ReadonlyMap<string, Secret>): Command {
  const requests = checks.map((check, index) => requestOf(check, secrets, `HEALTH_${index}`));
  const functions = requests.map(
    ({ settings }, index) => bash`check_${sh`${index}`}() {
${settings}}
`,
  );
  const script = bash`${strict}${pageLibrary}
${joined(functions)}
PATIENCE=5 COUNT=${sh`${checks.length}`} SECONDS_OF_LIFE=${sh`${PROBE_SECONDS}`}
${inTurn}`;
  return {
    title: 'ask the services all the while',
    script: script.text,
    env: Object.assign({}, ...requests.map(({ env }) => env)),
  };
}

function joined(parts: readonly Shell[]): Shell {
  return new Shell(parts.map(({ text }) => text).join(''));
}

/** A parent that is gone, or an output that nobody takes, is the end of the connection. */
const inTurn = bash`
now() { date +%s.%N; }
said=()
while [ "$SECONDS" -lt "$SECONDS_OF_LIFE" ] && kill -0 "$PPID" 2>/dev/null; do
  for ((i = 0; i < COUNT; i++)); do
    "check_$i"
    at=$(now)
    if ask_page; then word=good at=$(now); else word=bad; fi
    if [ "\${said[i]:-}" = "$word" ]; then printf '%s\n' "$at"; else printf '%s %s %s\n' "$at" "$i" "$word"; fi || exit 0
    said[i]=$word
  done
  sleep 0.5
done
`;
