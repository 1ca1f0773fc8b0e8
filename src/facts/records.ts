import type { FreeSpace } from '../domain/facts.ts';

/** One record of the look script's answer. */
export interface FactRecord {
  readonly kind: string;
  readonly fields: readonly string[];
  /** As it came, for errors. */
  readonly line: string;
}

/**
 * Splits the answer of the look script into its records.
 * @throws Error naming the host when the answer was cut short, or holds what the script cannot have written
 */
export function readRecords(host: string, stdout: string): readonly FactRecord[] {
  const lines = stdout.split('\n');
  const records = lines.slice(0, -1).map((line) => {
    const [kind = '', ...fields] = line.split('|').map((field) => decodeField(host, field, line));
    return { kind, fields, line };
  });
  if (lines.at(-1) !== '' || records.at(-1)?.kind !== 'end') {
    throw new Error(`${host}: the facts are cut short: ${excerpt(records.at(-1)?.line ?? stdout)}`);
  }
  return records;
}

/** An error that shows the line which was not understood. */
export function offendingLine(host: string, line: string, expected: string): Error {
  return new Error(`${host}: a line of the facts is not understood (${expected}): ${excerpt(line)}`);
}

const escapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\p': '|', '\\n': '\n', '\\r': '\r' };

function decodeField(host: string, field: string, line: string): string {
  return field.replaceAll(/\\.?/gs, (written) => {
    const meant = escapes[written];
    if (meant === undefined) {
      throw offendingLine(host, line, `no escape is written as ${JSON.stringify(written)}`);
    }
    return meant;
  });
}

function excerpt(line: string): string {
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}...` : line);
}

/** The field at this place, a whole number. */
export function numberAt(host: string, record: FactRecord, index: number): number {
  const field = record.fields[index] ?? '';
  if (!/^\d+$/.test(field)) {
    throw offendingLine(host, record.line, `a number as field ${index + 1}`);
  }
  return Number(field);
}

/** The fields, exactly so many. */
export function fieldsOf(host: string, record: FactRecord, length: number): readonly string[] {
  if (record.fields.length !== length) {
    throw offendingLine(host, record.line, `${length} fields`);
  }
  return record.fields;
}

export function recordsOf(records: readonly FactRecord[], kind: string): readonly FactRecord[] {
  return records.filter((record) => record.kind === kind);
}

/** The one record of a kind that every answer has. */
export function onlyRecord(host: string, records: readonly FactRecord[], kind: string): FactRecord {
  const [record, ...more] = recordsOf(records, kind);
  if (record === undefined || more.length > 0) {
    const count = record === undefined ? 'no line' : `${more.length + 1} lines`;
    throw new Error(`${host}: the facts have ${count} of the kind '${kind}' instead of one`);
  }
  return record;
}

/** What a tool printed on the host; empty when it was not asked. */
export function toolOutput(host: string, records: readonly FactRecord[], name: string): string {
  const record = records.find(({ kind, fields }) => kind === 'output' && fields[0] === name);
  const encoded = record?.fields[1] ?? '';
  if (record !== undefined && !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) {
    throw offendingLine(host, record.line, 'base64');
  }
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** Free bytes and the file system's number, at this place and the next. */
export function freeSpaceAt(host: string, record: FactRecord, index: number): FreeSpace {
  const bytes = numberAt(host, record, index);
  return { bytes, device: String(numberAt(host, record, index + 1)) };
}
