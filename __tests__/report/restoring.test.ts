import { describe, expect, it } from '@jest/globals';
import { byUse, pointOf, restoring } from '../../src/report/restoring.ts';
import { dumpOf, failureOf, globalsOf, reportOf } from '../support/report.ts';
import { structureOf } from '../support/summary-structure.ts';

const dumps = [
  dumpOf({ point: 'after-migrate' }),
  dumpOf({ generation: 1, restore: 'first' }),
  dumpOf({ generation: 2, restore: 'second' }),
  dumpOf({ key: 'other', name: 'other_db' }),
];

describe('restoring', () => {
  it.each(['refused', 'abandoned'] as const)('offers nothing after %s: nothing was touched', (outcome) => {
    expect(restoring(reportOf({ outcome, dumps: [dumpOf()], failure: failureOf() }))).toEqual([]);
  });

  it('has the commands of every dump, unchanged, a section each', () => {
    const restore = "psql <<'END_OF_SQL'\n  select 1;\nEND_OF_SQL";
    const sections = restoring(
      reportOf({ outcome: 'unfinished', dumps: [dumpOf({ restore })], failure: failureOf() }),
    );
    expect(sections.map(({ weight }) => weight)).toEqual(['vital', 'vital']);
    expect(structureOf(sections[1]?.body.text ?? '').fences).toEqual([restore]);
    expect(sections[1]?.body.text).toContain('Restore <code>app&#95;db</code> on <code>db1</code>');
  });

  it('has those of the roles of every server after them, and lets them go first where room is short', () => {
    const globals = [globalsOf({ restore: 'psql < globals.sql' })];
    const sections = restoring(
      reportOf({ outcome: 'unfinished', dumps: [dumpOf()], globals, failure: failureOf() }),
    );
    expect(sections.map(({ weight }) => weight)).toEqual(['vital', 'vital', 'useful']);
    expect(structureOf(sections[2]?.body.text ?? '').fences).toEqual(['psql < globals.sql']);
    expect(sections[2]?.body.text).toContain('roles and grants of the server on port <code>5432</code>');
  });

  it('is empty when all went well', () => {
    expect(restoring(reportOf({ dumps }))).toEqual([]);
  });
});

describe('byUse', () => {
  it('begins with the newest generation of `before`', () => {
    expect(byUse(dumps).map((dump) => `${dump.key} ${pointOf(dump)}`)).toEqual([
      'app before, generation 2',
      'app before',
      'other before',
      'app after-migrate',
    ]);
  });
});
