import { bash } from '../../commands/bash.ts';

/**
 * What the look script says of packages: what dpkg has, what apt offers, and what apt would do to install exact
 * versions. Each look with lists of its own keeps a copy of all lists meanwhile, so a bound key has one at a time and
 * cannot fill the disk; it is the folder of apt's lists that is locked, which is no lock of apt's own and writes nothing.
 * Lists that cannot be read are a fact like another, and apt is asked nothing then; only a simulation fails without them.
 */
export const packageAnswers = bash`answer_packages() {
  local name unread=
  [ "\${#PACKAGES[@]}" -gt 0 ] || [ "\${#INSTALLS[@]}" -gt 0 ] || return 0
  quiet_caches
  [ "$LISTS" = system ] || own_lists
  [ -z "$unread" ] || [ "\${#INSTALLS[@]}" = 0 ] || { printf '%s\n' "$unread" >&2; exit 1; }
  [ -z "$RELEASE" ] || APT_OPTIONS+=(-o "APT::Default-Release=$RELEASE")
  if [ "\${#PACKAGES[@]}" -gt 0 ]; then
    for name in "\${PACKAGES[@]}"; do put asked "$name"; done
    put_output dpkg installed_packages "\${PACKAGES[@]}"
    if [ -n "$unread" ]; then put unread "$unread"
    else put_output policy apt-cache "\${APT_OPTIONS[@]}" policy -- "\${PACKAGES[@]}"; fi
  fi
  if [ "\${#INSTALLS[@]}" -gt 0 ]; then put_output simulation simulate_install "\${INSTALLS[@]}"; fi
}

# Sets \`unread\` to why they could not be read.
own_lists() {
  local said code=0
  if [ "$BOUND" = yes ]; then
    exec 9< /var/lib/apt/lists
    flock -w 600 9 || { unread='another look at the package lists goes on and on'; return 0; }
  fi
  temporary_lists || { unread='no folder can be made in /var/tmp: is its disk full, or read-only?'; return 0; }
  said=$( (fill_temporary_lists && update_lists) 2>&1) || code=$?
  [ "$code" = 0 ] || unread=\${said:-exit code $code}
}

# Ends 1 where dpkg never heard of one of them.
installed_packages() {
  dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' -- "$@" 2> /dev/null || [ "$?" = 1 ]
}
`;
