import { Shell } from '../shell/quote.ts';
import { bash } from './bash.ts';

/** Where a host keeps its lock and journal. A person reads it with `ls` and `cat`. */
export const ROOT = '/var/lib/synnefo-upgrade';

/** The path of an upgrade's folder on a host. */
export function upgradeFolder(upgrade: string): string {
  return `${ROOT}/upgrades/${upgrade}`;
}

/** Exit codes of the scripts here, apart from those that a step's own script may have. */
export const EXIT = {
  /** Somebody else holds the lock; standard output has who. */
  held: 73,
  /** A step of ours still runs; standard output has which. */
  busy: 74,
  /** Our lock or epoch is no longer the host's: another process works on it now. */
  fenced: 76,
  /** The step's folder is there already and repeating it was not asked for. */
  exists: 77,
  /** The step's process is gone and left no exit code. */
  died: 79,
} as const;

function code(name: keyof typeof EXIT): Shell {
  return new Shell(String(EXIT[name]));
}

/**
 * Where the journal lies, and whether a step lives: `alive FOLDER`. A process is known by pid, boot id and start time
 * together (field 22 of /proc/PID/stat), since pids come back.
 */
export const livenessLibrary: Shell = bash`root=${new Shell(ROOT)}

start_of() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${stat##*) }
  echo "\${20}"
}

boot_of() { cat /proc/sys/kernel/random/boot_id; }

alive() {
  local pid start boot
  [ ! -e "$1/rc" ] && { read -r pid start boot <"$1/pid"; } 2>/dev/null || return 1
  [ "$boot" = "$(boot_of)" ] && [ "$(start_of "$pid")" = "$start" ]
}
`;

/**
 * Functions that all scripts share which change a host. `become` makes a file appear whole or not at all, also after a
 * power cut.
 */
export const hostLibrary: Shell = bash`
set -u
umask 077
${livenessLibrary}
HELD=${code('held')} BUSY=${code('busy')} FENCED=${code('fenced')} EXISTS=${code('exists')} DIED=${code('died')}

become() { sync "$1.new" && mv -T "$1.new" "$1" && sync "$(dirname "$1")"; }

# Keeps an earlier attempt of the step $2 of the upgrade in folder $1 beside the steps.
set_aside() {
  local attempt=1
  while [ -e "$1/earlier/$2.$attempt" ]; do attempt=$((attempt + 1)); done
  mkdir -p "$1/earlier" && mv -T "$1/steps/$2" "$1/earlier/$2.$attempt"
}

enter() { mkdir -p "$root" && exec 9>>"$root/guard" && flock "$@" 9; }

holds() { [ "$(cat "$root/lock/id" 2>/dev/null)" = "$1" ] && [ "$(cat "$root/epoch" 2>/dev/null)" = "$2" ]; }

enter_as() {
  enter || exit 1
  holds "$1" "$2" && return
  echo "this host is no longer ours: lock $(cat "$root/lock/id" 2>/dev/null || echo none), epoch $(cat "$root/epoch" 2>/dev/null || echo none); we hold lock $1, epoch $2" >&2
  exit $FENCED
}
`;
