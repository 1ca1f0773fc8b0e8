import { bash } from '../../commands/bash.ts';

/**
 * What the look script says of a database's schema: it runs the plan's command, the only thing in a question that is
 * ever run. Behind a key that is bound to the script it does so only when a file on the host, root's own, has the very
 * same text as one of its lines.
 */
export const schemaAnswers = bash`SCHEMAS=/etc/synnefo-upgrade/schemas

answer_schema() {
  local code=0 said
  if [ "$BOUND" = yes ] && ! said=$(why_not "$1"); then
    put ended 126 "$said"
    return 0
  fi
  printf 'output|schema|'
  exec 8>&1
  # What it prints goes straight into the answer, its complaints into a variable: no file is written.
  said=$(exec 7>&1
    bash --norc -c "$1" < /dev/null 2>&7 7>&- 8>&- | base64 -w 0 >&8
    exit "\${PIPESTATUS[0]}") || code=$?
  printf '\n'
  [ "\${#said}" -le 4096 ] || said=\${said: -4096}
  put ended "$code" "$said"
}

why_not() {
  local place
  for place in "\${SCHEMAS%/*}" "$SCHEMAS"; do
    [ ! -e "$place" ] || is_roots_own "$place" || { echo "$place on the host is not root's alone to write"; return 1; }
  done
  if [ -f "$SCHEMAS" ] && grep -qxF -e "$1" -- "$SCHEMAS"; then case $1 in *$'\n'*) ;; *) return 0 ;; esac; fi
  printf 'this key can only look, and its host does not list the command. Add it there as a line of %s:\n%s\n' \
    "$SCHEMAS" "$1"
  return 1
}

is_roots_own() {
  local owner mode
  read -r owner mode < <(stat -L -c '%u %A' -- "$1")
  case "$owner $mode" in 0\ ?????w* | 0\ ????????w*) return 1 ;; 0\ *) return 0 ;; *) return 1 ;; esac
}
`;
