import type { Report } from '../domain/report.ts';
import { blocks, details, table } from './blocks.ts';
import { type Markdown, md, strong } from './markdown.ts';
import { count, some } from './units.ts';
import { groupVersions, type VersionGroup } from './version-groups.ts';

/** Rows up to which the table stands open. */
const OPEN_ROWS = 25;

/** Versions from and to; the same change on several hosts is one row. */
export function versions({ versions: changes, outcome }: Report): Markdown {
  const groups = groupVersions(changes);
  if (groups.length === 0) {
    return md``;
  }
  // Only a run that reached its end has read the versions back.
  const after = outcome === 'finished' ? 'After' : 'Planned';
  const rows = table(['Package', 'Before', after, 'Hosts'], groups.map(row));
  return blocks(
    md`### Versions`,
    groups.length > OPEN_ROWS ? details(md`${count(groups.length, 'change')} of packages`, rows) : rows,
  );
}

function row({ package: name, from, to, hosts }: VersionGroup): Markdown[] {
  return [md`${name}`, from === null ? md`_new_` : md`${from}`, strong(to), md`${some(hosts)}`];
}
