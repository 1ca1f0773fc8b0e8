import type { Report, SchemaReport } from '../domain/report.ts';
import { blocks, details, fence, table } from './blocks.ts';
import { code, join, type Markdown, md } from './markdown.ts';
import { formatNumber } from './units.ts';

/** Lines of a `schema` command's output that are shown. */
const OUTPUT_LINES = 500;

/** How many migrations were pending before and are now. */
export function schemas({ schemas: all, outcome }: Report): Markdown {
  if (outcome === 'planned') {
    return planned(all);
  }
  return blocks(
    all.length === 0 ? null : md`### Schemas`,
    table(
      ['Role', 'Pending before', 'Pending now'],
      all.map(({ role, pendingBefore, pendingAfter }) => [
        md`${role}`,
        md`${formatNumber(pendingBefore)}`,
        now(pendingAfter),
      ]),
    ),
  );
}

function planned(all: readonly SchemaReport[]): Markdown {
  return blocks(
    all.length === 0 ? null : md`### Schemas`,
    table(
      ['Role', 'Pending now'],
      all.map(({ role, pendingBefore }) => [md`${role}`, md`${formatNumber(pendingBefore)}`]),
    ),
  );
}

function now(pending: number | null): Markdown {
  if (pending === null) {
    return md`not known`;
  }
  return pending > 0 ? md`**${formatNumber(pending)}**` : md`${formatNumber(pending)}`;
}

/** What the `schema` commands printed, on a click. */
export function schemaOutputs({ schemas: all }: Report): Markdown {
  return join(all.map(outputs), '\n\n');
}

function outputs({ role, before, after }: SchemaReport): Markdown {
  const same = after !== null && after === before;
  return details(
    md`What the schema of ${code(role)} said`,
    same ? md`Before and now the same:` : md`Before:`,
    fence(before, { most: OUTPUT_LINES }),
    after === null || same ? null : md`Now:`,
    after === null || same ? null : fence(after, { most: OUTPUT_LINES }),
  );
}
