import type { HostFacts, PackageFacts } from '../domain/facts.ts';
import { parseDatabases } from './databases.ts';
import { parsePackages } from './packages.ts';
import {
  type FactRecord,
  fieldsOf,
  freeSpaceAt,
  numberAt,
  offendingLine,
  onlyRecord,
  readRecords,
  recordsOf,
  toolOutput,
} from './records.ts';
import { parseServices } from './services.ts';

/**
 * Reads the answer of `factsCommand`.
 * @param sentAt the runner's clock before the round trip, in milliseconds since 1970
 * @param receivedAt the same clock after it
 * @throws Error with the host and the line that was not understood, or when the answer was cut short
 */
export function parseFacts(host: string, stdout: string, sentAt: number, receivedAt: number): HostFacts {
  const records = readRecords(host, stdout);
  const { bootId, architecture, init } = parseHost(host, onlyRecord(host, records, 'host'));
  return {
    host,
    bootId,
    hostKeys: hostKeysOf(toolOutput(host, records, 'host-keys')),
    release: releaseOf(toolOutput(host, records, 'os-release')),
    architecture,
    init,
    clockOffset: clockOffset(host, records, sentAt, receivedAt),
    missingTools: recordsOf(records, 'missing').map((record) => fieldsOf(host, record, 1)[0] ?? ''),
    packages: packagesOf(host, records, architecture),
    unreadLists: recordsOf(records, 'unread')
      .map((record) => lastLines(fieldsOf(host, record, 1)[0] ?? ''))
      .join(''),
    unfinished: toolOutput(host, records, 'unfinished')
      .split('\n')
      .filter((line) => line !== ''),
    services: parseServices(host, records),
    free: Object.fromEntries(
      recordsOf(records, 'free').map((record) => [record.fields[0] ?? '', freeSpaceAt(host, record, 1)]),
    ),
    databases: parseDatabases(host, records),
  };
}

function parseHost(host: string, record: FactRecord): Pick<HostFacts, 'bootId' | 'architecture' | 'init'> {
  const [bootId = '', architecture = '', init] = fieldsOf(host, record, 4);
  if (init !== 'systemd' && init !== 'sysvinit') {
    throw offendingLine(host, record.line, 'systemd or sysvinit');
  }
  return { bootId, architecture, init };
}

/** Type and key of each line; a comment says nothing. */
function hostKeysOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?=\s|$)/.exec(line) ?? []);
}

/** apt's own complaints come last. */
function lastLines(text: string): string {
  return text.split('\n').slice(-12).join('\n');
}

/** os-release(5); Debian 8 names its release only inside VERSION. */
function releaseOf(text: string): string {
  const value = (key: string): string => new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(text)?.[1] ?? '';
  return value('VERSION_CODENAME') || (/\((\S+)\)/.exec(value('VERSION'))?.[1] ?? value('ID'));
}

/** Milliseconds of two ways, there and back, beyond which the way there is known to be the long one. */
const LONG_WAY = 1000;

/**
 * The host's clock against the runner's at both ends of the round trip, as NTP does it: equal ways cancel out. A way
 * there may be much longer, where it begins with a login or was begun again after a loss: then the way back alone tells.
 */
function clockOffset(
  host: string,
  records: readonly FactRecord[],
  sentAt: number,
  receivedAt: number,
): number {
  const began = numberAt(host, onlyRecord(host, records, 'host'), 3) / 1e6;
  const ended = numberAt(host, onlyRecord(host, records, 'end'), 0) / 1e6;
  const [there, back] = [began - sentAt, ended - receivedAt];
  return Math.round(there - back > LONG_WAY ? back : (there + back) / 2);
}

function packagesOf(
  host: string,
  records: readonly FactRecord[],
  architecture: string,
): Record<string, PackageFacts> {
  const names = recordsOf(records, 'asked').map((record) => fieldsOf(host, record, 1)[0] ?? '');
  const dpkg = toolOutput(host, records, 'dpkg');
  try {
    return parsePackages(names, dpkg, toolOutput(host, records, 'policy'), architecture);
  } catch (error) {
    throw new Error(`${host}: ${(error as Error).message}`, { cause: error });
  }
}
