import { bash } from '../../commands/bash.ts';

/**
 * What the look script says of packages: what dpkg has, what apt offers, and what apt would do to install exact
 * versions. Each look with lists of its own keeps a copy of all lists meanwhile, so a bound key has one at a time and
 * cannot fill the disk; it is the folder of apt's lists that is locked, which is no lock of apt's own and writes nothing.
 */
export const packageAnswers = bash`answer_packages() {
  local name
  [ "\${#PACKAGES[@]}" -gt 0 ] || [ "\${#INSTALLS[@]}" -gt 0 ] || return 0
  quiet_caches
  [ "$LISTS" = system ] || own_lists
  [ -z "$RELEASE" ] || APT_OPTIONS+=(-o "APT::Default-Release=$RELEASE")
  if [ "\${#PACKAGES[@]}" -gt 0 ]; then
    for name in "\${PACKAGES[@]}"; do put asked "$name"; done
    put_output dpkg installed_packages "\${PACKAGES[@]}"
    put_output policy apt-cache "\${APT_OPTIONS[@]}" policy -- "\${PACKAGES[@]}"
  fi
  if [ "\${#INSTALLS[@]}" -gt 0 ]; then put_output simulation simulate_install "\${INSTALLS[@]}"; fi
}

own_lists() {
  if [ "$BOUND" = yes ]; then
    exec 9< /var/lib/apt/lists
    flock -w 600 9 || { echo 'another look at the package lists goes on and on' >&2; exit 1; }
  fi
  temporary_lists
  update_lists
}

# Ends 1 where dpkg never heard of one of them.
installed_packages() {
  dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' -- "$@" 2> /dev/null || [ "$?" = 1 ]
}
`;
