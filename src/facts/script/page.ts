import { bash } from '../../commands/bash.ts';
import { pageLibrary } from '../../commands/page-library.ts';

/**
 * What a page on the host answers. Everything that goes into the request is held to what it may be, so that a question
 * is one GET and nothing else. Behind a key that is bound to the script only the host itself is asked.
 */
export const pageAnswers = bash`${pageLibrary}
# HOST PORT NAMED TARGET STATUS BODY WITHIN, then names and values of headers in turn.
answer_page() {
  local code=0 said
  must_be 'host of a page' '[A-Za-z0-9.:_-]+' "$1"
  must_be port '[1-9][0-9]{0,4}' "$2"
  must_be 'name of a host' '[][A-Za-z0-9.:_-]+' "$3"
  must_be 'path' '/[!-~]*' "$4"
  must_be status '[1-5][0-9][0-9]' "$5"
  must_be 'number of seconds' '[0-9]|[1-5][0-9]|60' "$7"
  if [ "$BOUND" = yes ] && ! is_this_host "$1"; then
    put page 126 "this key can only look, at pages of the host itself (localhost, 127.0.0.1 or ::1) and not of $1"
    return 0
  fi
  HOST=$1 PORT=$2 NAMED=$3 TARGET=$4 STATUS=$5 BODY=$6 WITHIN=$7
  HEADERS=()
  shift 7
  while [ "$#" -gt 0 ]; do take_header "$1" "$2"; shift 2; done
  said=$(await_page) || code=$?
  put page "$code" "$said"
}

# A process inherits values, and has no secret in its command line.
take_header() {
  local variable=HEALTH_HEADER_\${#HEADERS[@]}
  must_be 'name of a header' '[A-Za-z0-9!#$%&*+.^_\`|~'"'"'-]+' "$1"
  case $2 in *[$'\r\n']*) echo "the header $1 would end its line" >&2; exit 2 ;; esac
  export "$variable=$2"
  HEADERS+=("$1" "$variable")
}

is_this_host() { [[ $1 =~ ^(localhost|::1|127(\.[0-9]{1,3}){3})$ ]]; }
`;
