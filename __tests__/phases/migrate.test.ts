import { describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/phases/migrate.ts';
import { anInventory } from '../domain/examples.ts';
import { paperGuard } from '../support/paper-work.ts';
import { aResolved, laneIds, stepOf } from '../support/resolved.ts';

const shared = aResolved();
const apart = {
  ...shared,
  inventory: anInventory({
    databases: {
      front: { engine: 'postgresql', name: 'shop', on: 'one', port: 5432 },
      back: { engine: 'postgresql', name: 'stock', on: 'one', port: 5432 },
    },
  }),
};

describe('migrate', () => {
  it('migrates the roles of one database one after the other, each on its first host', () => {
    expect(laneIds(migrate(shared, paperGuard))).toEqual([
      [
        'one migrate.guard.front',
        'one migrate.front.0',
        'one migrate.front.1',
        'one migrate.schema.front',
        'one migrate.back.0',
        'one migrate.schema.back',
      ],
    ]);
  });

  it('migrates different databases side by side', () => {
    expect(laneIds(migrate(apart, paperGuard)).map((lane) => lane[0])).toEqual([
      'one migrate.guard.front',
      'one migrate.guard.back',
    ]);
  });

  it('says of every migration whether it may be repeated, and how long is waited for it', () => {
    const stages = migrate(shared, paperGuard);
    expect(stepOf(stages, 'one', 'migrate.front.1')).toMatchObject({
      script: 'front migrate',
      repeat: 'restore-first',
      timeLimit: 60,
      terminal: true,
    });
    expect(stepOf(stages, 'one', 'migrate.back.0')).toMatchObject({ repeat: 'safe', timeLimit: 90 });
  });

  it('reads the schema afterwards by the rule of the role', () => {
    const stages = migrate(shared, paperGuard);
    const front = stepOf(stages, 'one', 'migrate.schema.front');
    const back = stepOf(stages, 'one', 'migrate.schema.back');
    if (front.kind !== 'check' || back.kind !== 'check') {
      throw new Error('a schema is read by a check');
    }
    expect(front.judge(' (*) 1\n')).toEqual([]);
    expect(front.judge(' (*) 1\n ( ) 2\n')).toHaveLength(1);
    expect(back.judge('2 (head)\n')).toEqual([]);
    expect(back.judge('1\n')).toHaveLength(1);
  });

  it('has nothing to do for roles without migrations', () => {
    const roles = Object.fromEntries(
      Object.entries(shared.plan.roles).map(([name, role]) => [name, { ...role, migrate: [] }]),
    );
    expect(laneIds(migrate({ ...shared, plan: { ...shared.plan, roles } }, paperGuard)).flat()).toEqual([]);
  });
});
