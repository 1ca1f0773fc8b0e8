import { bash } from '../../commands/bash.ts';

/**
 * How the look script reads its questions and writes its answers. `put FIELD...` writes one record; `put_output NAME
 * COMMAND...` one with all that a command of the script's own prints. `read_questions` takes the input apart, and
 * refuses whatever is no question. What stands in a question is data: it is never evaluated, and whatever is counted
 * with, or given to a tool that could read it as something else, has to look as it should (`must_be`).
 */
export const questionsLibrary = bash`put() {
  local field line=
  for field; do
    field=\${field//\\/\\\\}
    field=\${field//|/\\p}
    field=\${field//$'\n'/\\n}
    line="$line\${field//$'\r'/\\r}|"
  done
  printf '%s\n' "\${line%|}"
}

put_output() {
  local name=$1 encoded
  shift
  encoded=$("$@" < /dev/null | base64 -w 0)
  put output "$name" "$encoded"
}

must_be() {
  [[ $3 =~ ^($2)$ ]] || { printf 'the question has no %s: %q\n' "$1" "\${3:0:200}" >&2; exit 2; }
}

# Sets FIELDS. No here-string: it would lie in a file of /tmp for a moment, and a field may be a secret.
split() {
  local rest="$1|" field
  FIELDS=()
  while [ -n "$rest" ]; do
    printf -v field %b "\${rest%%|*}"
    FIELDS+=("$field")
    rest=\${rest#*|}
  done
}

MOST_QUESTIONS=2000

read_questions() {
  local line count=0
  QUESTIONS=() PACKAGES=() INSTALLS=() COMPLETE=no LISTS=system RELEASE= HOST=no
  while IFS= read -r line; do
    count=$((count + 1))
    [ "$count" -le "$MOST_QUESTIONS" ] || { echo "more than $MOST_QUESTIONS questions" >&2; exit 2; }
    case "\${line%%|*}" in
      end) COMPLETE=yes ;;
      host) HOST=yes ;;
      lists | release | package | install) split "$line"; read_apt_question "\${FIELDS[@]:1}" ;;
      service | free | tool | database | journal | schema | page | file) QUESTIONS+=("$line") ;;
      *) printf 'not a question: %q\n' "\${line:0:200}" >&2; exit 2 ;;
    esac
  done
  [ "$COMPLETE" = yes ] || { echo 'the questions are not complete' >&2; exit 2; }
}

read_apt_question() {
  local package='[A-Za-z0-9][A-Za-z0-9+.-]*(:[a-z0-9-]+)?'
  case "\${FIELDS[0]}" in
    lists) must_be 'kind of lists' 'temporary|system' "\${1-}"; LISTS=$1 ;;
    release) must_be release '[A-Za-z0-9][A-Za-z0-9./_~+-]*' "\${1-}"; RELEASE=$1 ;;
    package) must_be 'package' "$package" "\${1-}"; PACKAGES+=("$1") ;;
    install)
      must_be package "$package" "\${1-}"
      must_be version '[A-Za-z0-9][A-Za-z0-9.+:~-]*' "\${2-}"
      INSTALLS+=("$1=$2")
      ;;
  esac
}
`;
