import { z } from 'zod';
import { inventorySchema } from './inventory-schema.ts';
import { planSchema } from './plan-schema.ts';
import { reportSchema } from './report-schema.ts';

/**
 * The JSON Schemas by file name: of what operators write, for completion and first checks in an editor, and of what a
 * run tells.
 */
export function jsonSchemas(): Record<string, string> {
  return {
    'plan.schema.json': jsonSchema(planSchema, 'What a synnefo-upgrade plan holds'),
    'inventory.schema.json': jsonSchema(inventorySchema, 'What a synnefo-upgrade inventory holds'),
    'report.schema.json': jsonSchema(reportSchema, 'What a run of synnefo-upgrade tells'),
  };
}

/** Draft 7 is what editors' YAML servers know; the input side, since defaults may be left out. */
function jsonSchema(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
