import { describe, expect, it } from '@jest/globals';
import { appliedSchema, judgeSchema, pendingMigrations } from '../../src/domain/schema-state.ts';

/** As `snf-manage migrate --list` prints it, with old code and with new. */
const OLD = '\n im\n  (*) 0001_initial\n  (*) 0002_more\n\n';
const NEW = '\n im\n  (*) 0001_initial\n  (*) 0002_more\n  ( ) 0003_later\n\n';
const SOUTH = { pending: '^\\s*\\( \\)' };
const ALEMBIC = { head: '\\(head\\)' };

describe('pendingMigrations', () => {
  it('finds the lines that match', () => {
    expect(pendingMigrations(NEW, SOUTH)).toEqual(['  ( ) 0003_later']);
    expect(pendingMigrations(OLD, SOUTH)).toEqual([]);
    expect(pendingMigrations(NEW, {})).toEqual([]);
  });
});

describe('appliedSchema', () => {
  it('is the same by old code and by new, on a database that nobody touched', () => {
    expect(appliedSchema(NEW, SOUTH)).toBe(appliedSchema(OLD, SOUTH));
    expect(appliedSchema('4451e80244a6\n', ALEMBIC)).toBe(appliedSchema('4451e80244a6 (head)\n', ALEMBIC));
  });

  it('is the same when new code brings a part of which nothing was applied', () => {
    const more = `${NEW} quota\n  ( ) 0001_initial\n  ( ) 0002_more\n projects\n  ( ) 0001_initial\n`;
    expect(appliedSchema(more, SOUTH)).toBe(appliedSchema(OLD, SOUTH));
    const django = ' im\n  [X] 0001_initial\n contenttypes\n  (no migrations)\n';
    const newer = `${django} quota\n  [ ] 0001_initial\n`;
    const rule = { pending: '^\\s*\\[ \\]' };
    expect(appliedSchema(newer, rule)).toBe(appliedSchema(django, rule));
    expect(appliedSchema(newer.replace('[ ]', '[X]'), rule)).not.toBe(appliedSchema(django, rule));
  });

  it('keeps every line of a list without indentation', () => {
    const rule = { pending: 'pending$' };
    expect(appliedSchema('a: done\nb: pending\n', rule)).toBe('a: done');
  });

  it('is another one after a migration', () => {
    const after = NEW.replace('( )', '(*)');
    expect(appliedSchema(after, SOUTH)).not.toBe(appliedSchema(NEW, SOUTH));
    expect(appliedSchema('b\n', ALEMBIC)).not.toBe(appliedSchema('a (head)\n', ALEMBIC));
  });
});

describe('judgeSchema', () => {
  it('passes when nothing is pending and the head is reached', () => {
    expect(judgeSchema(OLD, SOUTH)).toEqual([]);
    expect(judgeSchema('4451e80244a6 (head)\n', ALEMBIC)).toEqual([]);
  });

  it('names what is pending', () => {
    expect(judgeSchema(NEW, SOUTH)).toEqual(['1 migration is pending: ( ) 0003_later']);
  });

  it('refuses when no line shows the head, and shows what was there instead', () => {
    expect(judgeSchema('165ba3fbfe53\r\n', ALEMBIC)).toEqual([
      'no line says that the newest migration was applied (\\(head\\)): 165ba3fbfe53',
    ]);
    expect(judgeSchema('', ALEMBIC)[0]).toMatch(/: no output$/);
  });

  it('does not take a database without any migration for a finished one', () => {
    expect(judgeSchema('', { ...SOUTH, ...ALEMBIC })).toHaveLength(1);
  });
});
