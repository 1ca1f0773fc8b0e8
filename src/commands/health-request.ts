import type { HealthCheck } from '../domain/plan.ts';
import { sh } from '../shell/quote.ts';
import { Secret } from '../shell/secret.ts';
import { bash } from './bash.ts';

/** What is asked, and what the answer must be. */
export type HealthRequest = Omit<HealthCheck, 'before'>;

/**
 * What one request consists of: the variables that `pageLibrary` reads, and the environment that holds its headers'
 * values, so that no secret stands in the script.
 * @param prefix of the variables' names
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
export function requestOf(check: HealthRequest, secrets: ReadonlyMap<string, Secret>, prefix: string) {
  const headers = headersOf(check, secrets).map((header, index) => ({
    ...header,
    variable: `${prefix}_HEADER_${index}`,
  }));
  const { host, port, named, target } = addressOf(check);
  const settings = bash`export HOST=${sh`${host}`} PORT=${sh`${port}`} NAMED=${sh`${named}`} TARGET=${sh`${target}`}
HEADERS=(${sh`${headers.flatMap(({ name, variable }) => [name, variable])}`})
STATUS=${sh`${check.status}`} BODY=${sh`${check.body ?? ''}`}
`;
  return { settings, env: Object.fromEntries(headers.map(({ variable, value }) => [variable, value])) };
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
