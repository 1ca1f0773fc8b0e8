import { hostsOf } from '../domain/inventory.ts';
import type { SchemaAnswer } from '../domain/schema-state.ts';
import { parseSchemaEnd, readSchema } from '../facts/schema.ts';
import { askOk, lastLines, type Runner } from './ask.ts';
import { mapParallel } from './pool.ts';
import type { UpgradeFiles } from './survey.ts';

/** Runs every role's `schema` command on its migrating host. Of one that fails, it says why. */
export async function readSchemas(
  runner: Runner,
  { plan, inventory }: Pick<UpgradeFiles, 'plan' | 'inventory'>,
  among: readonly string[] = Object.keys(plan.roles),
): Promise<Map<string, SchemaAnswer>> {
  const roles = among.filter((role) => plan.roles[role]?.schema !== undefined);
  return await mapParallel(roles, async (role) => {
    const host = hostsOf(inventory, role)[0] ?? '';
    const command = readSchema(role, plan.roles[role]?.schema ?? '');
    const { code, stdout, stderr } = parseSchemaEnd(host, await askOk(runner, host, command));
    const failed = `${stdout}\nended with exit code ${code}: ${stderr.slice(-1000)}`;
    return { host, ok: code === 0, output: code === 0 ? stdout : failed };
  });
}

/** Why nothing can be said about roles whose command failed, each beginning with its host. */
export function failedSchemas(answers: ReadonlyMap<string, SchemaAnswer>): string[] {
  return [...answers].flatMap(([role, { host, ok, output }]) =>
    ok ? [] : [`${host}: the schema command of ${role} failed: ${lastLines(output, 3)}`],
  );
}
