import type { DiskOutlook } from '../domain/disks.ts';
import type { Report } from '../domain/report.ts';
import { blocks, list, table } from './blocks.ts';
import { code, type Markdown, md } from './markdown.ts';
import { formatBytes, formatDuration } from './units.ts';

/** What an upgrade would meet: databases with what their dumps cost, free disk, and what cannot be undone. */
export function outlook({ outlook: found }: Report): Markdown {
  return found === null
    ? md``
    : blocks(
        found.databases.length === 0 ? null : md`### Databases`,
        table(
          ['Database', 'Size', 'Dump, about', 'Takes, about'],
          found.databases.map(({ name, host, sizeBytes, dumpBytes, dumpSeconds }) => [
            md`${code(name)} on ${host}`,
            md`${formatBytes(sizeBytes)}`,
            md`${formatBytes(dumpBytes)}`,
            md`${formatDuration(dumpSeconds)}`,
          ]),
        ),
        found.disks.length === 0 ? null : md`### Free disk`,
        table(
          ['Host', 'Disk of', 'Free', 'Needed'],
          found.disks.map((disk) => [
            md`${disk.host}`,
            code(disk.folders.join(', ')),
            md`${formatBytes(disk.freeBytes)}`,
            needed(disk),
          ]),
        ),
        found.irreversible.length === 0 ? null : md`### What cannot be undone`,
        list(found.irreversible.map((line) => md`${line}`)),
      );
}

function needed({ freeBytes, needBytes, estimated }: DiskOutlook): Markdown {
  const bytes = `${estimated ? 'about ' : ''}${formatBytes(needBytes)}`;
  return freeBytes < needBytes ? md`**${bytes}**` : md`${bytes}`;
}

/** The same in plain lines, for a log. */
export function outlookLines({ outlook: found }: Report): string[] {
  return found === null
    ? []
    : [
        ...found.databases.map(
          ({ name, host, sizeBytes, dumpSeconds }) =>
            `${name} on ${host}: ${formatBytes(sizeBytes)}, its dump takes about ${formatDuration(dumpSeconds)}`,
        ),
        ...found.irreversible,
      ];
}
