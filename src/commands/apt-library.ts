import { bash } from './bash.ts';

/**
 * Bash functions about apt.
 *
 * `temporary_lists` makes a folder (APT_TEMPORARY, removed at the script's end) into which `apt-get update` can read
 * the lists while nothing else on the host changes: no caches are written, no hooks of the host run (some delete
 * packages that were downloaded). `quiet_caches` only keeps apt from writing its caches and the planner's log (even
 * `-s` writes it). Both fill APT_OPTIONS, to be given to every call of apt-get and apt-cache. `fill_temporary_lists`
 * puts into the folder what the host has and what apt has to be told.
 *
 * `update_lists` runs `apt-get update` and fails when any index could not be had: apt itself ends 0 then, and works on
 * with what it had before; only then its words are shown. `wait_for_lock SECONDS` waits while another process holds the
 * lock of apt or dpkg: apt waits by itself only since Debian 11, and dpkg never does.
 *
 * `simulate_install NAME=VERSION...` prints what apt would do to install exactly these, and then what the package lists
 * say of each .deb in it, and dpkg of what it replaces: of which package, version and architecture it is, its hash and
 * its sizes. Apt takes the same one where several lists have that version.
 */
export const aptLibrary = bash`APT_OPTIONS=() APT_TEMPORARY=

quiet_caches() {
  APT_OPTIONS=(-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log::Planner=/dev/null)
}

temporary_lists() {
  APT_TEMPORARY=$(mktemp -d -p /var/tmp synnefo-upgrade.XXXXXXXX) || return
  trap 'rm -rf -- "$APT_TEMPORARY"' EXIT
  quiet_caches
  APT_OPTIONS+=(-c "$APT_TEMPORARY/apt.conf")
}

# Each line has its own way out: where its caller asks how it ended, bash goes on after a failure.
fill_temporary_lists() {
  local lists=
  chmod 0755 "$APT_TEMPORARY" || return
  mkdir -p "$APT_TEMPORARY/lists" || return
  # What the host has already need not be fetched again.
  eval "$(apt-config shell lists Dir::State::lists/d)"
  [ ! -d "$lists" ] || cp -a --reflink=auto -- "$lists/." "$APT_TEMPORARY/lists/" || return
  rm -f -- "$APT_TEMPORARY/lists/lock" || return
  mkdir -p "$APT_TEMPORARY/lists/partial" || return
  printf '%s\n' '#clear APT::Update::Pre-Invoke;' '#clear APT::Update::Post-Invoke;' \
    '#clear APT::Update::Post-Invoke-Success;' "Dir::State::lists \"$APT_TEMPORARY/lists/\";" > "$APT_TEMPORARY/apt.conf"
}

# What apt says is kept in no file: the disk may be what is wrong.
update_lists() {
  local code heard until=$((SECONDS + 300))
  while true; do
    code=0
    heard=$(apt-get "\${APT_OPTIONS[@]}" -q -o APT::Update::Error-Mode=any -o Acquire::AllowInsecureRepositories=false \
      -o Acquire::Retries=2 update < /dev/null 2>&1) || code=$?
    [ "$code" != 0 ] && [ "$SECONDS" -lt "$until" ] && has_line "$APT_LOCKED" "$heard" || break
    echo "another process holds apt's lock: waiting for it" >&2
    sleep 2
  done
  [ "$code" != 0 ] || ! has_line "$APT_BROKEN" "$heard" || code=100
  [ "$code" = 0 ] || printf '%s\n' "$heard" 'apt-get update could not read every index' >&2
  [ "$code" = 0 ]
}

# grep reads to the end: where it ended early, printf would die of the closed pipe.
has_line() { [ -n "$(printf '%s\n' "$2" | grep -E "$1" || true)" ]; }

wait_for_lock() {
  local until=$((SECONDS + $1)) said
  while said=$(apt-get -q check < /dev/null 2>&1) || true; grep -qE "$APT_LOCKED" <<< "$said"; do
    if [ "$SECONDS" -ge "$until" ]; then printf '%s\n' "$said" >&2; return 100; fi
    echo 'another process holds the lock of apt or dpkg: waiting for it' >&2
    sleep 2
  done
}

simulate_install() {
  local planned code=0
  planned=$(apt-get "\${APT_OPTIONS[@]}" -q -s install -- "$@" < /dev/null) || code=$?
  # Which dependency is not met, apt says among the rest.
  [ "$code" = 0 ] || { printf '%s\n' "$planned" >&2; return "$code"; }
  printf '%s\n\n' "$planned"
  list_records <<< "$planned"
}

list_records() {
  local wanted=()
  mapfile -t wanted < <(sed -n -E 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ )]+).*/\1=\3/p')
  [ "\${#wanted[@]}" != 0 ] || return 0
  apt-cache "\${APT_OPTIONS[@]}" show "\${wanted[@]}" |
    sed -n -E '/^(Package|Version|Architecture|SHA256|Size|Installed-Size): |^$/p'
  # Ends 1 where one of them is new.
  dpkg-query -W -f='Package: \${Package}\nVersion: \${Version}\nArchitecture: \${Architecture}\nInstalled-Size: \${Installed-Size}\n\n' \
    -- "\${wanted[@]%%=*}" 2> /dev/null || [ "$?" = 1 ]
}
APT_LOCKED='^E: .*(Could not get lock|Unable to (acquire|lock))'
# Err lines are no proof: apt goes through the compressions of an index, and retries; what is lost comes as W or E.
APT_BROKEN='^(E: |W: (Failed to fetch|Some index files|GPG error|An error occurred|The repository .* (is not|does not)))'
`;
