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
 * migrations, and calls the same revision the newest one no longer, on a database that nobody touched.
 */
export function appliedSchema(output: string, rule: SchemaRule): string {
  const pending = pendingMigrations(output, rule);
  const head = rule.head === undefined ? null : new RegExp(rule.head, 'g');
  return linesOf(output)
    .filter((line) => !pending.includes(line))
    .map((line) => (head === null ? line : line.replace(head, '')).trim())
    .join('\n');
}

/** Why the schema is not where it should be, in words; empty when it is. */
export function judgeSchema(output: string, rule: SchemaRule): string[] {
  const pending = pendingMigrations(output, rule);
  const refusals =
    pending.length === 0
      ? []
      : [`${pending.length} migrations are pending: ${pending.map((line) => line.trim()).join(', ')}`];
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
