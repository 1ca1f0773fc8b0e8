import type { Command } from '../shell/command.ts';
import { look } from './look.ts';
import { fieldsOf, numberAt, onlyRecord, readRecords, toolOutput } from './records.ts';

/** How a role's `schema` command ended. */
export interface SchemaEnd {
  readonly code: number;
  readonly stdout: string;
  /** The last of it. */
  readonly stderr: string;
}

/** Runs the `schema` command of a role, for `parseSchemaEnd`. */
export function readSchema(role: string, command: string): Command {
  return look(`read the schema of ${role}`, [['schema', command]]);
}

/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
export function parseSchemaEnd(host: string, answer: string): SchemaEnd {
  const records = readRecords(host, answer);
  const ended = onlyRecord(host, records, 'ended');
  const [, stderr = ''] = fieldsOf(host, ended, 2);
  return { code: numberAt(host, ended, 0), stdout: toolOutput(host, records, 'schema'), stderr };
}
