import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigurationError, type Mistake } from '../domain/errors.ts';
import { keyType } from './key-fingerprint.ts';

/** One line of known_hosts. */
interface Entry {
  readonly names: string;
  readonly revoked: boolean;
  readonly key: Buffer;
}

/** What known_hosts says of one host. */
export interface Pins {
  readonly keys: readonly Buffer[];
  readonly revoked: readonly Buffer[];
}

/** Text in the format of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT": plain and hashed names, ports, patterns, markers. */
export class KnownHosts {
  readonly #entries: readonly Entry[];

  /** @throws ConfigurationError naming every line that cannot be used; a line passed over would be a hole */
  constructor(text: string) {
    const mistakes: Mistake[] = [];
    const entries: Entry[] = [];
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      const parsed = parseLine(line.trim());
      if (typeof parsed === 'string') {
        mistakes.push({ file: 'known-hosts', line: index + 1, column: 1, path: '', message: parsed });
      } else if (parsed) {
        entries.push(parsed);
      }
    }
    if (mistakes.length > 0) {
      throw new ConfigurationError('the host keys cannot be read', mistakes);
    }
    this.#entries = entries;
  }

  /** What is pinned for a host under any of these names (the name people use, the address that is dialled). */
  lookup(names: readonly string[], port: number): Pins {
    const wanted = names.map((name) => knownName(name, port));
    const found = this.#entries.filter((entry) => covers(entry.names, wanted));
    const keys = (revoked: boolean) =>
      found.filter((entry) => entry.revoked === revoked).map((entry) => entry.key);
    return { keys: keys(false), revoked: keys(true) };
  }
}

/** How known_hosts calls a host: with its port in brackets, unless it is 22. */
export function knownName(name: string, port: number): string {
  const lower = name.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

/** An entry, words about a line that can't be used, or nothing for an empty one. */
function parseLine(line: string): Entry | string | undefined {
  if (line === '' || line.startsWith('#')) {
    return undefined;
  }
  const fields = line.split(/[ \t]+/);
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
  if (marker === '@cert-authority') {
    return 'a certificate authority cannot be used: certificates of hosts are not understood here; pin the keys of the hosts themselves';
  }
  if (marker !== undefined && marker !== '@revoked') {
    return `${JSON.stringify(marker)} is no marker that known_hosts knows (@revoked, @cert-authority)`;
  }
  const [names = '', type = '', base64 = ''] = fields;
  const key = Buffer.from(base64, 'base64');
  if (!fits(key, type)) {
    return `expected "name ${type || 'ssh-ed25519'} AAAA...", found ${JSON.stringify(line.slice(0, 120))}`;
  }
  return { names, revoked: marker === '@revoked', key };
}

function fits(key: Buffer, type: string): boolean {
  try {
    return keyType(key) === type;
  } catch {
    return false;
  }
}

/** Does a line speak of this host? An exception (`!name`) for one of its names is one for the host. */
function covers(names: string, wanted: readonly string[]): boolean {
  if (names.startsWith('|')) {
    return wanted.some((name) => matchesHash(names, name));
  }
  const patterns = names.toLowerCase().split(',');
  const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const matchesAny = (list: readonly string[]) =>
    list.some((pattern) => wanted.some((name) => matchesPattern(pattern, name)));
  return matchesAny(patterns) && !matchesAny(refused);
}

/** `*` and `?`, as in match_pattern() of OpenSSH; everything else is literal, brackets included. */
function matchesPattern(pattern: string, wanted: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`).test(wanted);
}

/** `|1|salt|HMAC-SHA1(salt, name)`, both in base64: HashKnownHosts of ssh_config(5). */
function matchesHash(names: string, wanted: string): boolean {
  const [, version, salt = '', hash = ''] = names.split('|');
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(wanted).digest();
  return version === '1' && expected.length === actual.length && timingSafeEqual(expected, actual);
}
