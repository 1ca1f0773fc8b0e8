import type { WriteCounters } from '../domain/dump.ts';
import type { Session } from './postgres.ts';

/** Reads the answer of `sessions`. @throws Error with the line that was not understood */
export function parseSessions(stdout: string): Session[] {
  return linesOf(stdout).map((line) => {
    const row = parse(line);
    const { pid, user, application, address, state } = row as Record<string, unknown>;
    if (!Number.isSafeInteger(pid) || Number(pid) < 1) {
      throw notUnderstood(line);
    }
    return {
      pid: Number(pid),
      user: text(line, user ?? ''),
      application: text(line, application ?? ''),
      address: text(line, address),
      state: text(line, state),
    };
  });
}

/** Reads the answer of `writeCounters`. @throws Error with the line that was not understood */
export function parseCounters(stdout: string): WriteCounters {
  const [line = '', ...more] = linesOf(stdout);
  const { oid, inserted, updated, deleted, reset } = parse(line) as Record<string, unknown>;
  const counts = [oid, inserted, updated, deleted];
  if (more.length > 0 || !counts.every((count) => typeof count === 'string' && /^\d+$/.test(count))) {
    throw notUnderstood(stdout);
  }
  return {
    oid: text(line, oid),
    inserted: text(line, inserted),
    updated: text(line, updated),
    deleted: text(line, deleted),
    reset: reset === null ? null : text(line, reset),
  };
}

/** Reads the answer of `rowCounts`: rows by table, as `public.users`. @throws Error with the line not understood */
export function parseRowCounts(stdout: string): Record<string, number> {
  return Object.fromEntries(
    linesOf(stdout).map((line) => {
      const row = parse(line);
      if (!Array.isArray(row) || row.length !== 2 || !/^\d+$/.test(String(row[1]))) {
        throw notUnderstood(line);
      }
      return [text(line, row[0]), Number(row[1])];
    }),
  );
}

function linesOf(stdout: string): string[] {
  return stdout.split('\n').filter((line) => line !== '');
}

function parse(line: string): object {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === 'object' && row !== null) {
      return row;
    }
  } catch (error) {
    throw notUnderstood(line, { cause: error });
  }
  throw notUnderstood(line);
}

function text(line: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw notUnderstood(line);
  }
  return value;
}

function notUnderstood(line: string, options?: ErrorOptions): Error {
  return new Error(
    `the database server's answer is not understood: ${JSON.stringify(line.slice(0, 200))}`,
    options,
  );
}
