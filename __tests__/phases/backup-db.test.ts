import { describe, expect, it } from '@jest/globals';
import { backupDb } from '../../src/phases/backup-db.ts';
import { anInventory } from '../domain/examples.ts';
import { paperDumps } from '../support/paper-work.ts';
import { aResolved, laneIds, stepsIn } from '../support/resolved.ts';

const resolved = aResolved();
const apart = {
  ...resolved,
  inventory: anInventory({
    databases: {
      front: { engine: 'postgresql', name: 'shop', on: 'one', port: 5432 },
      back: { engine: 'postgresql', name: 'stock', on: 'one', port: 5432 },
    },
  }),
};

describe('backupDb', () => {
  it('dumps a database that roles share once, and the roles of its server', () => {
    expect(laneIds(backupDb(resolved, 'before', paperDumps()))).toEqual([
      ['one backup-db.front.before'],
      ['one backup-db.globals-5432'],
    ]);
  });

  it('dumps several databases of one server side by side, and its roles once', () => {
    expect(laneIds(backupDb(apart, 'before', paperDumps()))).toEqual([
      ['one backup-db.front.before'],
      ['one backup-db.back.before'],
      ['one backup-db.globals-5432'],
    ]);
  });

  it('dumps roles and grants with the first dump only', () => {
    const plan = { ...apart.plan, dumps: ['before' as const, 'after-migrate' as const] };
    expect(laneIds(backupDb({ ...apart, plan }, 'after-migrate', paperDumps()))).toEqual([
      ['one backup-db.front.after-migrate'],
      ['one backup-db.back.after-migrate'],
    ]);
  });

  it('does nothing at a point that the plan does not name', () => {
    expect(backupDb(resolved, 'after-steps', paperDumps())).toEqual([]);
  });

  it('asks for what its steps say', async () => {
    const asked: string[] = [];
    for (const step of stepsIn(backupDb(apart, 'before', paperDumps(asked)))) {
      if (step.kind === 'runner') {
        await step.run(new AbortController().signal);
      }
    }
    expect(asked).toEqual(['shop before', 'stock before', 'roles of one:5432']);
  });
});
