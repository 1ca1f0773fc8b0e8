import type { ScriptStep } from '../domain/step.ts';
import type { Command } from '../shell/command.ts';
import { bash } from './bash.ts';
import { hostLibrary } from './host-library.ts';

/** The upgrade and the lock under which a script changes a host. */
export interface Tenure {
  readonly upgrade: string;
  readonly lock: string;
  readonly epoch: number;
}

/**
 * How to meet a step's folder: `start` makes it and refuses one that is there, `again` puts the earlier attempt
 * aside first, `follow` only follows. A folder of our own epoch is always followed: a lost connection came back.
 */
export type StepMode = 'start' | 'again' | 'follow';

/**
 * Starts a step detached from the connection and follows it: prints its log from byte `offset` on. Ends 0 once
 * the step has ended, with `rc started ended` as the last line of standard error, or EXIT.died.
 */
export function runStep(step: ScriptStep, tenure: Tenure, mode: StepMode, offset: number): Command {
  return {
    title: step.title,
    script: runStepScript.text,
    args: [
      step.id,
      tenure.upgrade,
      tenure.lock,
      String(tenure.epoch),
      mode,
      String(offset),
      step.terminal ? 'terminal' : 'plain',
      step.answers.map(({ prompt, say }) => `${base64(prompt)} ${base64(say)}\n`).join(''),
    ],
    env: step.env,
    input: step.script,
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Makes a step's folder under the guard; what it needs stands in `$new` before it appears under its name. */
const begin = bash`
upgrade=$root/upgrades/$2
folder=$upgrade/steps/$1

ours() { [ "$(cat "$folder/epoch" 2>/dev/null)" = "$1" ]; }

begin() {
  new=$upgrade/steps/.$1.new
  if [ -d "$folder" ]; then
    if alive "$folder"; then echo "$folder still runs" >&2; exit $BUSY; fi
    [ "$3" = again ] || { echo "$folder is there already" >&2; exit $EXISTS; }
    set_aside "$upgrade" "$1" || exit 1
  fi
  rm -rf "$new" && mkdir -p "$new" && echo "$2" >"$new/epoch"
}

appear() { sync "$new"/* "$new" && mv -T "$new" "$folder" && sync "$upgrade/steps"; }
`;

const runStepScript = bash`${hostLibrary}${begin}
launch() {
  enter_as "$3" "$4"
  if ours "$4"; then exec 9>&-; return; fi
  begin "$1" "$4" "$5" && cat >"$new/script" && printf %s "$8" >"$new/answers" && : >"$new/log" && appear || exit 1
  setsid bash "$root/supervisor" "$folder" "$7" </dev/null >>"$folder/log" 2>&1 &
  exec 9>&-
  while [ ! -e "$folder/pid" ] && kill -0 "$!" 2>/dev/null; do sleep 0.01; done
}

offset=$6
emit() {
  local size
  size=$(stat -c %s "$folder/log") || return 0
  [ "$size" -gt "$offset" ] || return 0
  tail -c "+$((offset + 1))" "$folder/log" | head -c "$((size - offset))"
  offset=$size
}

[ "$5" = follow ] || launch "$@"
while alive "$folder"; do emit; sleep 0.1; done
emit
[ -e "$folder/rc" ] || exit $DIED
printf '\n%s %s %s\n' "$(cat "$folder/rc")" "$(cat "$folder/started")" "$(cat "$folder/ended")" >&2
`;

/**
 * Runs a script whose standard output streams to the runner, in the connection's own process: when that goes,
 * the work ends and is begun again. Journaled like every step; an earlier attempt is put aside.
 * The script may write below `$upgrade`.
 */
export function streamStep(id: string, title: string, script: string, tenure: Tenure): Command {
  return {
    title,
    script: `${stream}\n(echo "$BASHPID" >"$folder/group"; set +m\n${script}\n)\nrc=$?\n${streamEnd}`,
    args: [id, tenure.upgrade, tenure.lock, String(tenure.epoch)],
  };
}

const stream = bash`${hostLibrary}${begin}
# The connection of an earlier attempt is gone, but its processes may still wait for it, and keep the database's
# session. Nobody can take what they send any more. They are a group of their own: where no connection made one for
# them, our own group is the runner's.
end_earlier() {
  local pid group tries=0
  read -r pid _ <"$folder/pid" || return 0
  while alive "$folder"; do
    group=$(cat "$folder/group" 2>/dev/null)
    if [ "$tries" -lt 50 ]; then [ -z "$group" ] || kill -TERM -- "-$group"
    else kill -KILL "$pid" \${group:+"-$group"}; fi
    tries=$((tries + 1))
    sleep 0.1
  done 2>/dev/null
}

enter_as "$3" "$4"
if alive "$folder"; then end_earlier; fi
begin "$1" "$4" again
printf '%s %s %s\n' "$$" "$(start_of "$$")" "$(boot_of)" >"$new/pid"
date +%s.%N >"$new/started"
appear || exit 1
exec 9>&-
set -m
`;

const streamEnd = bash`
set +m
date +%s.%N >"$folder/ended"
echo "$rc" >"$folder/rc.new" && sync "$folder/ended" && become "$folder/rc"
exit "$rc"
`;
