import type { DatabaseFacts, DatabaseShape, FreeSpace } from '../domain/facts.ts';
import { type FactRecord, fieldsOf, freeSpaceAt, offendingLine, recordsOf } from './records.ts';

const nowhere: FreeSpace = { bytes: 0, device: '' };

/**
 * Databases by the inventory's key. A server that did not answer is a fact like another.
 * @throws Error with the host and the line that was not understood
 */
export function parseDatabases(host: string, records: readonly FactRecord[]): Record<string, DatabaseFacts> {
  const silent = recordsOf(records, 'silent').map((record) => {
    const [key = '', silence = ''] = fieldsOf(host, record, 2);
    return [
      key,
      { exists: false, serverVersion: '', sizeBytes: 0, dataFree: nowhere, shape: null, silence },
    ] as const;
  });
  const answered = recordsOf(records, 'database').map((record) => parseDatabase(host, record));
  return Object.fromEntries([...silent, ...answered]);
}

function parseDatabase(host: string, record: FactRecord): readonly [string, DatabaseFacts] {
  const [key = '', version = '', row = ''] = fieldsOf(host, record, 5);
  const catalog = row === '' ? null : parseRow(host, record, row);
  return [
    key,
    {
      exists: catalog !== null,
      serverVersion: version.split(' ')[0] ?? '',
      sizeBytes: catalog === null ? 0 : Number(catalog.size),
      dataFree: freeSpaceAt(host, record, 3),
      shape: catalog === null ? null : shapeOf(host, record, catalog),
      silence: '',
    },
  ];
}

function parseRow(host: string, record: FactRecord, row: string): Record<string, unknown> {
  try {
    return JSON.parse(row) as Record<string, unknown>;
  } catch (error) {
    throw new Error(offendingLine(host, record.line, 'a row of pg_database as JSON').message, {
      cause: error,
    });
  }
}

/** The ICU locale's column is `daticulocale` in PostgreSQL 15 and 16, `datlocale` since. */
function shapeOf(host: string, record: FactRecord, row: Record<string, unknown>): DatabaseShape {
  const text = (key: string): string => {
    const value = row[key];
    if (typeof value !== 'string') {
      throw offendingLine(host, record.line, `a text as ${key}`);
    }
    return value;
  };
  const icu = row.datlocprovider === 'i' ? (row.datlocale ?? row.daticulocale) : null;
  return {
    owner: text('owner'),
    encoding: text('charset'),
    collate: text('datcollate'),
    ctype: text('datctype'),
    icuLocale: typeof icu === 'string' ? icu : null,
  };
}
