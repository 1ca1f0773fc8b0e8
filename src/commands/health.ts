import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';
import type { Secret } from '../shell/secret.ts';
import { bash, strict } from './bash.ts';
import { type HealthRequest, requestOf } from './health-request.ts';
import { pageLibrary } from './page-library.ts';

/**
 * Asks a page on the host itself, again and again until its status and body are as expected or `within` seconds are
 * over; then the last answer is shown. Values of headers come as environment variables, so that no secret stands in
 * the script.
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
export function askHealth(check: HealthRequest, secrets: ReadonlyMap<string, Secret>): Command {
  const { settings, env } = requestOf(check, secrets, 'HEALTH');
  const script = bash`${strict}${pageLibrary}
${settings}WITHIN=${sh`${check.within}`}
await_page
`;
  return { title: `ask ${check.http}`, script: script.text, env };
}
