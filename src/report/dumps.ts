import type { GlobalsRecord, StoredDump } from '../domain/dump.ts';
import type { Report, ReportedDump } from '../domain/report.ts';
import { blocks, details, table } from './blocks.ts';
import { artifactLink } from './link.ts';
import { code, join, type Markdown, md } from './markdown.ts';
import { pointOf } from './restoring.ts';
import { formatBytes, formatNumber, formatTime } from './units.ts';

/** PostgreSQL's own. */
const USUAL_PORT = 5432;

type Copies = Pick<ReportedDump, 'host' | 'hostCopy' | 'stored' | 'encrypted'>;

/** What was dumped and where it lies; the whole hashes on a click. @param server GitHub's address, for links */
export function dumps({ dumps: all, globals }: Report, server: string): Markdown {
  if (all.length === 0 && globals.length === 0) {
    return md``;
  }
  const rows = [
    ...all.map((dump) => dumpRow(dump, server)),
    ...globals.map((record) => globalsRow(record, server)),
  ];
  return blocks(
    md`### Dumps`,
    table(['Database', 'Point', 'Rows', 'Size', 'SHA-256', 'Where it lies'], rows),
    md`Each one is proved: its hash is the same on the host and on the runner, every archive was read to its end, and a copy of it lasts.`,
    details(md`Whole names, hashes and times`, wholeNames(all, globals)),
  );
}

function dumpRow(dump: ReportedDump, server: string): Markdown[] {
  const { name, host, port, rows, bytes, sha256 } = dump;
  return [
    md`${code(name)} on ${host}${port === USUAL_PORT ? '' : `, port ${port}`}`,
    md`${pointOf(dump)}`,
    rows === null ? md`` : md`${formatNumber(rows)}`,
    md`${unbroken(formatBytes(bytes))}`,
    shortHash(sha256),
    copies(dump, server),
  ];
}

function globalsRow(record: GlobalsRecord, server: string): Markdown[] {
  return [
    globalsTitle(record),
    md`${record.point}`,
    md``,
    md`${unbroken(formatBytes(record.bytes))}`,
    shortHash(record.sha256),
    copies(record, server),
  ];
}

function globalsTitle({ host, port }: GlobalsRecord): Markdown {
  return md`roles and grants of ${host}${port === USUAL_PORT ? '' : `, port ${port}`}`;
}

function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

function shortHash(sha256: string): Markdown {
  return code(sha256.slice(0, 12));
}

/** In short; the whole names are in the details. */
function copies({ host, hostCopy, stored, encrypted }: Copies, server: string): Markdown {
  const secrecy = encrypted ? md`encrypted` : md`**not encrypted**`;
  const places = [
    ...(stored === null ? [] : [md`${storedCopy(stored, server)}, ${secrecy}`]),
    ...(hostCopy === null ? [] : [md`a copy on ${host}`]),
  ];
  return places.length === 0 ? md`**no copy is known**` : join(places, '; ');
}

function storedCopy(stored: StoredDump, server: string): Markdown {
  return stored.kind === 'artifact' ? artifactLink(stored, server) : md`a file`;
}

/** The whole names and hashes of one dump after the other. */
function wholeNames(all: readonly ReportedDump[], globals: readonly GlobalsRecord[]): Markdown {
  const rows = [
    ...all.map((dump) => ({ title: md`${code(dump.name)}, ${pointOf(dump)}`, dump })),
    ...globals.map((dump) => ({ title: globalsTitle(dump), dump })),
  ];
  return table(
    ['Dump', 'Where it lies, and its SHA-256'],
    rows.map(({ title, dump }) => [
      md`${title}<br>${code(formatTime(dump.takenAt))}`,
      join(
        [
          ...(dump.hostCopy === null ? [] : [code(`${dump.host}:${dump.hostCopy}`)]),
          md`as dumped: ${code(dump.sha256)}`,
          ...storedLines(dump),
        ],
        '<br>',
      ),
    ]),
  );
}

function storedLines({ stored }: Copies): Markdown[] {
  return stored === null ? [] : [code(stored.path ?? stored.name), md`as stored: ${code(stored.sha256)}`];
}
