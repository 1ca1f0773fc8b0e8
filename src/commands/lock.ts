import type { Owner } from '../domain/lock.ts';
import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';
import { bash } from './bash.ts';
import { hostLibrary } from './host-library.ts';
import { removePolicy } from './policy-rc.ts';
import { supervisor } from './supervisor.ts';

/**
 * Takes the lock of one host, or prints who holds it and ends with EXIT.held. A lock with the same owner's key
 * is ours already (another job or attempt of the run); `take` is the id of a lock that may be taken over.
 * Every acquisition raises the host's epoch, so that a script sent under an earlier one changes nothing.
 * Prints `id`, `epoch` and `current`, a line each.
 */
export function acquireLock(id: string, owner: Owner, take: string | null): Command {
  return {
    title: 'take the lock',
    script: acquire.text,
    args: [id, owner.key, JSON.stringify(owner), take ?? ''],
    input: supervisor.text,
  };
}

const acquire = bash`${hostLibrary}
GUARD_SECONDS=30
enter -w $GUARD_SECONDS || { echo "another script has been holding $root/guard for $GUARD_SECONDS s" >&2; exit 1; }
id=$1
if [ -d "$root/lock" ]; then
  held=$(cat "$root/lock/id")
  if [ "$(cat "$root/lock/key")" != "$2" ] && [ "$held" != "$4" ]; then
    printf '%s\n' "$held"
    cat "$root/lock/owner"
    exit $HELD
  fi
  if [ "$held" != "$4" ]; then id=$held; fi
fi
epoch=$(($(cat "$root/epoch" 2>/dev/null || echo 0) + 1))
echo "$epoch" >"$root/epoch.new" && become "$root/epoch" || exit 1
cat >"$root/supervisor.new" && become "$root/supervisor" || exit 1
rm -rf "$root/lock.new" && mkdir "$root/lock.new" || exit 1
echo "$id" >"$root/lock.new/id"
echo "$2" >"$root/lock.new/key"
echo "$3" >"$root/lock.new/owner"
sync "$root/lock.new/"* && rm -rf "$root/lock" && mv -T "$root/lock.new" "$root/lock" && sync "$root" || exit 1
printf '%s\n%s\n%s\n' "$id" "$epoch" "$(cat "$root/current" 2>/dev/null)"
`;

/**
 * Gives the lock of one host back, unless a step of ours still runs there (EXIT.busy, the steps' folders on
 * standard output) or the lock is no longer ours (then nothing is to be done). Our policy-rc.d goes with it; where that
 * has to stay, standard output says why. What an interrupted dump of a running stack left goes as well: nobody takes it up.
 * @param epoch the one in which it was taken; null for whoever holds that id now
 */
export function releaseLock(id: string, epoch: number | null): Command {
  return { title: 'release the lock', script: release.text, args: [id, String(epoch ?? '')] };
}

/** Prints the folder of every step that runs on one host, of whatever upgrade; needs no lock. */
export function listRunning(): Command {
  return { title: 'look for running steps', script: running.text };
}

const runningLibrary = bash`
running_steps() {
  local step
  for step in "$root"/upgrades/*/steps/*/; do
    if alive "$step"; then printf '%s\n' "$step"; fi
  done
}
`;

const running = bash`${hostLibrary}${runningLibrary}
running_steps
`;

const release = bash`${hostLibrary}${runningLibrary}
[ -d "$root/lock" ] || exit 0
enter || exit 1
[ "$(cat "$root/lock/id" 2>/dev/null)" = "$1" ] || exit 0
[ -z "$2" ] || [ "$(cat "$root/epoch")" = "$2" ] || exit 0
running=$(running_steps)
[ -z "$running" ] || { printf '%s\n' "$running"; exit $BUSY; }
bash -c ${sh`${removePolicy().text}`} 2>&1 || true
rm -rf "$root"/upgrades/adhoc-*
rm -rf "$root/lock" && sync "$root"
`;
