import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { type Scope, scopeOf, withinScope } from '../../src/domain/scope.ts';
import type { CheckStep, RunnerStep, Stage } from '../../src/domain/step.ts';
import { aHost, anInventory, aPlan } from './examples.ts';

/** The scope as plain lists. */
function scope(limit: readonly string[], inventory = anInventory()) {
  const { whole, hosts, databases } = scopeOf(aPlan(), inventory, limit);
  return { whole, hosts: [...hosts], databases: [...databases] };
}

/** Front and back on hosts of their own, with a database each, on a fourth host. */
const APART = anInventory({
  hosts: {
    one: aHost({ roles: ['front'] }),
    two: aHost({ roles: ['back'] }),
    three: aHost({ roles: ['node'] }),
    four: aHost({ roles: [] }),
  },
  databases: {
    front: { engine: 'postgresql', name: 'front', on: 'four', port: 5432 },
    back: { engine: 'postgresql', name: 'back', on: 'four', port: 5432 },
  },
});

describe('scopeOf', () => {
  it('has everything without a limit', () => {
    expect(scope([])).toEqual({ whole: true, hosts: ['one', 'two', 'three'], databases: ['front'] });
  });

  it('takes hosts by their names', () => {
    expect(scope(['three'])).toEqual({ whole: false, hosts: ['three'], databases: [] });
  });

  it('takes the hosts of a role, and its database, wherever that lies', () => {
    expect(scope(['front'], APART)).toEqual({ whole: false, hosts: ['one'], databases: ['front'] });
  });

  it('takes the databases of a host that is named', () => {
    expect(scope(['four'], APART)).toEqual({ whole: false, hosts: ['four'], databases: ['front', 'back'] });
  });

  it('takes all roles of a host that is named', () => {
    expect(scope(['one', 'two'])).toEqual({ whole: false, hosts: ['one', 'two'], databases: ['front'] });
  });

  it('lets a name that is a role and its only host mean both', () => {
    const inventory = anInventory({
      hosts: { node: aHost({ roles: ['node'] }), one: aHost({ roles: ['front', 'back'] }) },
    });
    expect(scope(['node'], inventory).hosts).toEqual(['node']);
  });

  it.each([
    ['nobody', ['nod'], 'limit: there is no host and no role "nod"; did you mean "node"?'],
    ['a part of a prototype', ['constructor'], 'limit: there is no host and no role "constructor"'],
    [
      'a role that shares its host',
      ['front'],
      'limit: front cuts through what belongs together: the host one belongs to front, back, and back would be left out',
    ],
    [
      'one of two roles of a database',
      ['two'],
      'limit: two cuts through what belongs together: the database shop belongs to front, back, and front would be left out',
    ],
  ])('refuses %s', (_, limit, message) => {
    expect(() => scope(limit)).toThrow(new ConfigurationError(message));
  });

  it('refuses a name that means two things', () => {
    const hosts = { front: aHost({ roles: ['node'] }), one: aHost({ roles: ['front', 'back'] }) };
    expect(() => scope(['front'], anInventory({ hosts }))).toThrow(
      'limit: "front" is a host and also a role (on one); name its hosts instead',
    );
  });
});

describe('withinScope', () => {
  const check = (host: string): CheckStep => ({
    kind: 'check',
    id: `check.${host}`,
    phase: 'verify',
    host,
    title: 'a check',
    script: ':',
    commands: [],
    judge: () => [],
    patience: 0,
  });
  const dump = (key: string): RunnerStep => ({
    kind: 'runner',
    id: `dump.${key}`,
    phase: 'backup-db',
    host: 'four',
    title: 'a dump',
    commands: [],
    databases: [key],
    run: async () => undefined,
    isDone: () => false,
  });

  it('keeps the steps of its hosts and of its databases', () => {
    const stage: Stage = {
      phase: 'verify',
      title: 'all',
      lanes: [[check('one'), check('two')], [dump('front')], [dump('back')]],
    };
    const scoped: Scope = { whole: false, hosts: new Set(['one']), databases: new Set(['back']) };
    const [kept] = withinScope([stage], scoped);
    expect(kept?.lanes.map((lane) => lane.map(({ id }) => id))).toEqual([['check.one'], [], ['dump.back']]);
  });
});
