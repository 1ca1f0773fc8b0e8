import type { HealthCheck } from '../domain/plan.ts';
import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';
import { Secret } from '../shell/secret.ts';
import { bash, strict } from './bash.ts';
import { pageLibrary } from './page-library.ts';

/** What is asked, and what the answer must be. */
export type HealthRequest = Omit<HealthCheck, 'before'>;

/**
 * Asks a page on the host itself, again and again until its status and body are as expected or `within` seconds are
 * over; then the last answer is shown. Values of headers come as environment variables, so that no secret stands in
 * the script.
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
export function askHealth(check: HealthRequest, secrets: ReadonlyMap<string, Secret>): Command {
  const headers = headersOf(check, secrets).map((header, index) => ({
    ...header,
    variable: `HEALTH_HEADER_${index}`,
  }));
  const { host, port, named, target } = addressOf(check);
  const script = bash`${strict}${pageLibrary}
HOST=${sh`${host}`} PORT=${sh`${port}`} NAMED=${sh`${named}`} TARGET=${sh`${target}`}
HEADERS=(${sh`${headers.flatMap(({ name, variable }) => [name, variable])}`})
STATUS=${sh`${check.status}`} BODY=${sh`${check.body ?? ''}`} WITHIN=${sh`${check.within}`}
await_page
`;
  return {
    title: `ask ${check.http}`,
    script: script.text,
    env: Object.fromEntries(headers.map(({ variable, value }) => [variable, value])),
  };
}

/** Where the page of a check is: what is dialled, what the request calls it, and what it asks for. */
export function addressOf({ http }: HealthRequest): Record<'host' | 'port' | 'named' | 'target', string> {
  const url = new URL(http);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? '80' : url.port,
    named: url.host,
    target: url.pathname + url.search,
  };
}

/**
 * The headers that go with a check, in its order.
 * @throws RangeError when a secret that it names is missing, or a header would end its line
 */
export function headersOf(
  check: HealthRequest,
  secrets: ReadonlyMap<string, Secret>,
): { readonly name: string; readonly value: string | Secret }[] {
  return Object.entries(check.header).map(([name, value]) => ({
    name,
    value: headerValue(check, name, value, secrets),
  }));
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
