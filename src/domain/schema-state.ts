/** What a role's `schema` command did. */
export interface SchemaAnswer {
  /** The host that was asked. */
  readonly host: string;
  /** Did it end well? Of one that failed, nothing follows about the database. */
  readonly ok: boolean;
  /** What it printed, and of one that failed how it ended. */
  readonly output: string;
}

/** How to read what a role's `schema` command prints; regular expressions for single lines. */
export interface SchemaRule {
  readonly pending?: string | undefined;
  readonly head?: string | undefined;
}

/** The lines that name a pending migration. */
export function pendingMigrations(output: string, rule: SchemaRule): string[] {
  if (rule.pending === undefined) {
    return [];
  }
  const pattern = new RegExp(rule.pending);
  return linesOf(output).filter((line) => pattern.test(line));
}

/**
 * What of the output says how far the database is, whatever the code that prints it: newer code lists more pending
 * migrations, headings of new parts that have nothing else, and calls the same revision the newest one no longer, on
 * a database that nobody touched.
 */
export function appliedSchema(output: string, rule: SchemaRule): string {
  const lines = linesOf(output);
  const pending = new Set(pendingMigrations(output, rule));
  const head = rule.head === undefined ? null : new RegExp(rule.head, 'g');
  return lines
    .filter((line, index) => !pending.has(line) && !announcesOnly(pending, lines, index))
    .map((line) => (head === null ? line : line.replace(head, '')).trim())
    .join('\n');
}

/** Does a role's command say that nothing is pending? One that fails says nothing. */
export function isAtHead({ ok, output }: SchemaAnswer, rule: SchemaRule): boolean {
  return ok && judgeSchema(output, rule).length === 0;
}

/** Is a line the heading of indented lines below it, all of which are pending? */
function announcesOnly(pending: ReadonlySet<string>, lines: readonly string[], index: number): boolean {
  const own = indentOf(lines[index] ?? '');
  const below = lines.slice(index + 1);
  const end = below.findIndex((line) => indentOf(line) <= own);
  const children = end < 0 ? below : below.slice(0, end);
  return children.length > 0 && children.every((line) => pending.has(line));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Why the schema is not where it should be, in words; empty when it is. */
export function judgeSchema(output: string, rule: SchemaRule): string[] {
  const pending = pendingMigrations(output, rule);
  const refusals =
    pending.length === 0
      ? []
      : [
          `${pending.length === 1 ? '1 migration is' : `${pending.length} migrations are`} pending: ${pending.map((line) => line.trim()).join(', ')}`,
        ];
  if (rule.head !== undefined) {
    const pattern = new RegExp(rule.head);
    if (!linesOf(output).some((line) => pattern.test(line))) {
      refusals.push(
        `no line says that the newest migration was applied (${rule.head}): ${output.trim().slice(-200) || 'no output'}`,
      );
    }
  }
  return refusals;
}

function linesOf(output: string): string[] {
  return output.split(/\r?\n/).filter((line) => line.trim() !== '');
}
