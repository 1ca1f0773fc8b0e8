import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Report } from '../src/domain/report.ts';
import { FLEET_SOURCES } from './paths.ts';

const file = join(FLEET_SOURCES, '..', 'schemas', 'report.schema.json');
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Reads a report as whoever gets the output `report` would, by the schema that is published.
 * @throws ZodError naming what the schema does not know
 */
export function readReport(text: string): Report {
  return schema.parse(JSON.parse(text)) as Report;
}
