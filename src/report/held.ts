import type { Held } from '../domain/held.ts';
import { blocks, list, table } from './blocks.ts';
import { code, type Markdown, md } from './markdown.ts';
import { oneLine } from './plain-text.ts';
import { formatTime } from './units.ts';

/** Who holds the hosts, in plain lines for a log. */
export function heldLines({ locks, upgrade, open }: Held): string[] {
  return [
    ...(locks.length === 0
      ? ['no host is locked']
      : locks.map(({ host, owner }) => oneLine(`${host}: ${owner}`))),
    upgrade === null ? 'no upgrade is unfinished' : oneLine(`the upgrade ${upgrade} is unfinished`),
    ...open.map(({ host, id, state }) => oneLine(`${host}: ${id}: ${state}`)),
  ];
}

/** The same for the job's summary. */
export function renderHeld(held: Held): string {
  const { locks, upgrade } = held;
  return `${
    blocks(
      md`## ${locks.length === 0 ? '🔓 no host is locked' : '🔒 the hosts are locked'}`,
      table(
        ['Host', 'Lock', 'Held by', 'Since'],
        locks.map(({ host, id, owner, since }) => [
          md`${host}`,
          code(id),
          md`${owner}`,
          md`${formatTime(since)}`,
        ]),
      ),
      upgrade === null
        ? md`No upgrade is unfinished.`
        : md`The upgrade ${code(upgrade)} is unfinished: any run with its plan and inventory goes on with it.`,
      openSteps(held),
    ).text
  }\n`;
}

function openSteps({ open }: Held): Markdown | null {
  return open.length === 0
    ? null
    : blocks(
        md`These of its steps have not ended well:`,
        list(open.map(({ host, id, state }) => md`${host}: ${code(id)}: ${state}`)),
      );
}
