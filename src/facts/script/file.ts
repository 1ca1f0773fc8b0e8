import { bash } from '../../commands/bash.ts';

/**
 * What the look script says of a file that a step would place: what is there now, and how the text differs. Behind a key
 * that is bound to the script it tells only what everybody on the host may see.
 */
export const fileAnswers = bash`MOST_COMPARED=1048576

# ID PATH TEXT
answer_file() {
  local open=no kind=file about
  must_be 'absolute path' '/.*' "$2"
  ! is_open "$2" || open=yes
  if [ "$BOUND" = yes ] && [ "$open" = no ]; then put file "$1" hidden '' no; return 0; fi
  if [ -L "$2" ]; then kind=link; about=$(readlink -- "$2")
  elif [ ! -e "$2" ]; then kind=absent about=
  elif [ ! -f "$2" ]; then kind=other; about=$(stat -c %F -- "$2")
  elif [ "$(stat -c %s -- "$2")" -gt "$MOST_COMPARED" ]; then kind=large; about=$(stat -c %s -- "$2")
  else about=$(stat -c '%a %U %G' -- "$2"); fi
  put file "$1" "$kind" "$about" "$open"
  [ "$kind" != file ] || put_output "file $1" compare "$2" "$3"
}

compare() {
  local code=0
  printf %s "$2" | timeout 60 diff -u --label before --label after -- "$1" - || code=$?
  # Some versions end with 2 for bytes that are no text, which is no trouble.
  [ "$code" -le 2 ]
}

# May everybody on the host read it, or see that it is missing?
is_open() {
  local place mode
  if [ -f "$1" ] && [ ! -L "$1" ]; then
    mode=$(stat -c %A -- "$1")
    [ "\${mode:7:1}" = r ] || return 1
  fi
  place=$(readlink -m -- "$(dirname -- "$1")")
  while :; do
    if [ -e "$place" ]; then
      mode=$(stat -c %A -- "$place")
      case \${mode:9:1} in x | t) ;; *) return 1 ;; esac
    fi
    [ "$place" != / ] || return 0
    place=$(dirname -- "$place")
  done
}
`;
