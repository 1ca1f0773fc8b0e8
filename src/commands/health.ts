import type { HealthCheck } from '../domain/plan.ts';
import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { Secret } from '../shell/secret.ts';
import { bash, strict } from './bash.ts';

/** What is asked, and what the answer must be. */
export type HealthRequest = Omit<HealthCheck, 'before'>;

/**
 * Asks a page on the host itself, again and again until its status and body are as expected or `within` seconds are
 * over; then the last answer is shown. Bash alone asks (HTTP/1.0 over /dev/tcp): a host need not have curl. Values of
 * headers come as environment variables, so that no secret stands in the script.
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
export function askHealth(check: HealthRequest, secrets: ReadonlyMap<string, Secret>): Command {
  const url = new URL(check.http);
  const headers = Object.entries(check.header).map(([name, value], index) => ({
    name,
    variable: `HEALTH_HEADER_${index}`,
    value: headerValue(check, name, value, secrets),
  }));
  const script = bash`${strict}${address(url)}
HEADERS=(${sh`${headers.flatMap(({ name, variable }) => [name, variable])}`})
STATUS=${sh`${check.status}`} BODY=${sh`${check.body ?? ''}`} WITHIN=${sh`${check.within}`}
${asking}`;
  return {
    title: `ask ${check.http}`,
    script: script.text,
    env: Object.fromEntries(headers.map(({ variable, value }) => [variable, value])),
  };
}

function address(url: URL): Shell {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? '80' : url.port;
  return sh`export HOST=${host} PORT=${port} NAMED=${url.host} TARGET=${url.pathname + url.search}`;
}

function headerValue(
  check: HealthRequest,
  name: string,
  value: string | { readonly secret: string },
  secrets: ReadonlyMap<string, Secret>,
): string | Secret {
  const found = typeof value === 'string' ? value : secrets.get(value.secret);
  if (found === undefined) {
    throw new RangeError(`the secret of the header ${name} of ${check.http} is not set`);
  }
  if (/[\r\n\0]/.test(name + (found instanceof Secret ? found.reveal() : found))) {
    throw new RangeError(`the header ${name} of ${check.http} would end its line`);
  }
  return found;
}

/** One request is a process of its own with a time limit, since a page may hang; it answers at most 256 KiB. */
const asking = bash`request='
exec 3<> "/dev/tcp/$HOST/$PORT"
{
  printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n" "$TARGET" "$NAMED"
  while [ "$#" -gt 1 ]; do printf "%s: %s\r\n" "$1" "\${!2}"; shift 2; done
  printf "\r\n"
} >&3
head -c 262144 <&3'

ask() {
  local answer
  answer=$(timeout 15 bash -c "$request" ask \${HEADERS[@]+"\${HEADERS[@]}"} 2>&1 | tr -d '\0') || true
  first=\${answer%%$'\r\n'*}
  body=\${answer#*$'\r\n\r\n'}
  case "$first" in "HTTP/1."[01]" $STATUS"*) ;; *) return 1 ;; esac
  case "$body" in *"$BODY"*) ;; *) return 1 ;; esac
}

until ask; do
  if [ "$SECONDS" -ge "$WITHIN" ]; then
    echo "not healthy within $WITHIN seconds; wanted was status $STATUS\${BODY:+ and in the body: $BODY}"
    printf 'the last answer: %s\n%s\n' "\${first:-none}" "\${body:0:500}"
    exit 1
  fi
  sleep 0.3
done
echo "$first"
`;
