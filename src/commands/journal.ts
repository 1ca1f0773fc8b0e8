import type { Command } from '../shell/command.ts';
import { bash } from './bash.ts';
import { hostLibrary } from './host-library.ts';
import type { Tenure } from './step.ts';

/**
 * Makes the upgrade's folder on one host and names it as the current one; on a host where it is current
 * already, puts an amended plan beside the earlier one. Refuses (exit 1) over another unfinished upgrade.
 */
export function openUpgrade(tenure: Tenure, plan: string): Command {
  return { title: 'open the upgrade', script: open.text, args: tenureArgs(tenure), input: plan };
}

const open = bash`${hostLibrary}
enter_as "$2" "$3"
upgrade=$root/upgrades/$1
current=$(cat "$root/current" 2>/dev/null)
if [ -n "$current" ] && [ "$current" != "$1" ]; then
  echo "this host is in the middle of another upgrade: $current" >&2
  exit 1
fi
mkdir -p "$upgrade/steps" "$upgrade/dumps" "$upgrade/rollback" "$upgrade/records" || exit 1
cat >"$upgrade/plan.json.new" || exit 1
if [ -e "$upgrade/plan.json" ] && ! cmp -s "$upgrade/plan.json" "$upgrade/plan.json.new"; then
  n=1
  while [ -e "$upgrade/plan.$n.json" ]; do n=$((n + 1)); done
  cp -a "$upgrade/plan.json" "$upgrade/plan.$n.json"
fi
become "$upgrade/plan.json" || exit 1
[ -n "$current" ] || { echo "$1" >"$root/current.new" && become "$root/current"; }
`;

/**
 * Ends the upgrade on one host: it is no longer current, its state is written, and older upgrades than the last
 * three are removed after a finished one. Does nothing where it is not current.
 */
export function closeUpgrade(tenure: Tenure, state: 'finished' | 'abandoned'): Command {
  return { title: 'close the upgrade', script: close.text, args: [...tenureArgs(tenure), state] };
}

const close = bash`${hostLibrary}
# How many upgrades a host remembers, with their dumps.
KEPT_UPGRADES=3
enter_as "$2" "$3"
[ "$(cat "$root/current" 2>/dev/null)" = "$1" ] || exit 0
echo "$4" >"$root/upgrades/$1/state.new" && become "$root/upgrades/$1/state" || exit 1
rm -f "$root/current" && sync "$root"
[ "$4" = finished ] || exit 0
cd "$root/upgrades" && rm -rf ./adhoc-* && ls -1 | sort -r | tail -n +$((KEPT_UPGRADES + 1)) | while read -r old; do rm -rf "./$old"; done
`;

/** Removes what the dumps of a running stack left in the journal: nothing is ever taken up of them. */
export function forgetAdhoc(tenure: Tenure): Command {
  return { title: 'remove the folder of the dumps', script: forgetRunning.text, args: tenureArgs(tenure) };
}

const forgetRunning = bash`${hostLibrary}
enter_as "$2" "$3"
case $1 in adhoc-*) rm -rf "$root/upgrades/$1" ;; esac
`;

/**
 * Writes a record of the upgrade, whole or not at all. With `once`, one that is there stays, whatever it says:
 * the first word about how things were before the upgrade is the true one.
 */
export function writeRecord(tenure: Tenure, name: string, content: string, once: boolean): Command {
  return {
    title: `record ${name}`,
    script: record.text,
    args: [...tenureArgs(tenure), name, once ? 'once' : 'replace'],
    input: content,
  };
}

const record = bash`${hostLibrary}
enter_as "$2" "$3"
record=$root/upgrades/$1/records/$4
if [ "$5" = once ] && [ -e "$record" ]; then exit 0; fi
cat >"$record.new" && become "$record"
`;

/** Puts the steps of a database aside whose changes a restore has undone, so that they run again. */
export function forgetSteps(tenure: Tenure, steps: readonly string[]): Command {
  return { title: 'put restored steps aside', script: forget.text, args: [...tenureArgs(tenure), ...steps] };
}

const forget = bash`${hostLibrary}
enter_as "$2" "$3"
upgrade=$root/upgrades/$1
shift 3
for step in "$@"; do
  [ -d "$upgrade/steps/$step" ] || continue
  if alive "$upgrade/steps/$step"; then echo "$step still runs" >&2; exit $BUSY; fi
  set_aside "$upgrade" "$step" || exit 1
done
`;

function tenureArgs(tenure: Tenure): string[] {
  return [tenure.upgrade, tenure.lock, String(tenure.epoch)];
}
