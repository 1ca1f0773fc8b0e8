import { bash } from './bash.ts';

/**
 * Bash functions that ask a page: `await_page` asks HOST, PORT and TARGET (the request names NAMED) again and again until
 * status and body are STATUS and BODY, or WITHIN seconds are over; then it shows the last answer and ends 1. HEADERS
 * holds the names of headers and, in turn, those of the variables that have their values. Bash alone asks (HTTP/1.0
 * over /dev/tcp): a host need not have curl. `ask_page` asks once: a process of its own that ends after PATIENCE seconds (15
 * when that is not set), since a page may hang; it answers at most 256 KiB.
 */
export const pageLibrary = bash`REQUEST='
exec 3<> "/dev/tcp/$HOST/$PORT"
{
  printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n" "$TARGET" "$NAMED"
  while [ "$#" -gt 1 ]; do printf "%s: %s\r\n" "$1" "\${!2}"; shift 2; done
  printf "\r\n"
} >&3
head -c 262144 <&3'

ask_page() {
  local answer
  answer=$(timeout "\${PATIENCE:-15}" bash -c "$REQUEST" ask \${HEADERS[@]+"\${HEADERS[@]}"} 2>&1 | tr -d '\0') || true
  first=\${answer%%$'\r\n'*}
  body=\${answer#*$'\r\n\r\n'}
  case "$first" in "HTTP/1."[01]" $STATUS"*) ;; *) return 1 ;; esac
  case "$body" in *"$BODY"*) ;; *) return 1 ;; esac
}

await_page() {
  local first= body= until=$((SECONDS + WITHIN))
  export HOST PORT NAMED TARGET
  until ask_page; do
    if [ "$SECONDS" -ge "$until" ]; then
      echo "not healthy within $WITHIN seconds; wanted was status $STATUS\${BODY:+ and in the body: $BODY}"
      printf 'the last answer: %s\n%s\n' "\${first:-none}" "\${body:0:500}"
      return 1
    fi
    sleep 0.3
  done
  echo "$first"
}
`;
