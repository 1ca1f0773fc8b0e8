import { addressOf, type HealthRequest, headersOf } from '../commands/health-request.ts';
import type { Command } from '../shell/command.ts';
import { Secret } from '../shell/secret.ts';
import { look } from './look.ts';
import { fieldsOf, numberAt, onlyRecord, readRecords } from './records.ts';

/**
 * Asks a page of a host as `askHealth` does, for `parsePage`. Secrets travel with the questions, on standard input.
 * @param check its `within` is at most 60 seconds here
 * @throws RangeError as `askHealth` does
 */
export function askPage(check: HealthRequest, secrets: ReadonlyMap<string, Secret>): Command {
  const { host, port, named, target } = addressOf(check);
  const headers = headersOf(check, secrets).flatMap(({ name, value }) => [
    name,
    value instanceof Secret ? value.reveal() : value,
  ]);
  const wanted = [String(check.status), check.body ?? '', String(check.within)];
  return look(`ask ${check.http}`, [['page', host, port, named, target, ...wanted, ...headers]]);
}

/**
 * What was wrong with the page, in words; null when it answered as it should.
 * @throws Error with the host and the line that was not understood, or when the answer was cut short
 */
export function parsePage(host: string, answer: string): string | null {
  const page = onlyRecord(host, readRecords(host, answer), 'page');
  const [, said = ''] = fieldsOf(host, page, 2);
  return numberAt(host, page, 0) === 0 ? null : said;
}
