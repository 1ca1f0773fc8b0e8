import type { Command } from '../shell/command.ts';
import { bash } from './bash.ts';
import { hostLibrary } from './host-library.ts';
import type { Tenure } from './step.ts';

/**
 * Lets a step that died or failed count as done, on a person's word, which is kept beside it with the exit code that
 * it had. Refuses (EXIT.busy) while it runs. Prints `0 started ended`, in seconds by the host's clock.
 * @param word who said so
 */
export function resolveStep(tenure: Tenure, step: string, word: string): Command {
  return {
    title: `let ${step} count as done`,
    script: resolve.text,
    args: [tenure.upgrade, tenure.lock, String(tenure.epoch), step, word],
  };
}

const resolve = bash`${hostLibrary}
enter_as "$2" "$3"
folder=$root/upgrades/$1/steps/$4
[ -d "$folder" ] || { echo "$folder is missing" >&2; exit 1; }
if alive "$folder"; then echo "$folder still runs" >&2; exit $BUSY; fi
now=$(date +%s.%N)
printf '%s\n' "$5; its exit code was $(cat "$folder/rc" 2>/dev/null || echo unknown)" >"$folder/resolved.new"
become "$folder/resolved" || exit 1
for time in started ended; do [ -s "$folder/$time" ] || echo "$now" >"$folder/$time"; done
echo 0 >"$folder/rc.new" && sync "$folder/started" "$folder/ended" && become "$folder/rc"
printf '0 %s %s\n' "$(cat "$folder/started")" "$(cat "$folder/ended")"
`;
