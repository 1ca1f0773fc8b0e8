import type { Report, SettingsReport } from '../domain/report.ts';
import { blocks, details, fence, table } from './blocks.ts';
import { code, join, type Markdown, md } from './markdown.ts';
import { count } from './units.ts';

/** Files named in one cell of the table. */
const NAMED = 12;

/** What a person should look at: settings that were kept back, and files in /etc that changed. */
export function settings({ settings: all }: Report): Markdown {
  const touched = all.filter(hasChanges);
  const kept = all.filter(({ keptBack }) => keptBack.length > 0);
  const files = kept.reduce((sum, { keptBack }) => sum + keptBack.length, 0);
  if (touched.length === 0) {
    return md``;
  }
  return blocks(
    md`### What to look at`,
    files === 0
      ? null
      : md`${count(files, 'settings file')} had been edited and stayed so. What the packages bring lies beside, and may hold something that the new version wants:`,
    table(
      ['Host', 'Laid beside the edited file'],
      kept.map(({ host, keptBack }) => [md`${host}`, names(keptBack)]),
    ),
    md`Files in /etc that differ from before the upgrade; the whole difference lies on the host, since it may hold passwords:`,
    table(['Host', 'Changed', 'New', 'Gone', 'The difference'], touched.map(counts)),
  );
}

function counts({ host, changed, added, gone, diff }: SettingsReport): Markdown[] {
  return [
    md`${host}`,
    md`${changed.length}`,
    md`${added.length}`,
    md`${gone.length}`,
    code(`${host}:${diff}`),
  ];
}

function names(files: readonly string[]): Markdown {
  const rest = files.length - NAMED;
  const shown = files.slice(0, NAMED).map((file) => code(file));
  return join(rest > 0 ? [...shown, md`and ${rest} more`] : shown, '<br>');
}

/** The names of the files in /etc, on a click. */
export function settingsFiles({ settings: all }: Report): Markdown {
  return join(
    all
      .filter(hasChanges)
      .map((host) => details(md`Files in /etc of ${code(host.host)}`, fence(listing(host), { most: 1000 }))),
    '\n\n',
  );
}

function listing({ changed, added, gone, keptBack }: SettingsReport): string {
  const lines = (word: string, files: readonly string[]): string[] =>
    files.map((file) => `${word} ${file.replace(/\s/g, '?')}`);
  return [
    ...lines('changed  ', changed),
    ...lines('new      ', added),
    ...lines('gone     ', gone),
    ...lines('kept back', keptBack),
  ].join('\n');
}

function hasChanges({ added, gone, changed, keptBack }: SettingsReport): boolean {
  return added.length + gone.length + changed.length + keptBack.length > 0;
}
