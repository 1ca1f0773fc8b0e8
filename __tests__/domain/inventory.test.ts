import { describe, expect, it } from '@jest/globals';
import {
  databaseOf,
  databasesOf,
  hostsOf,
  hostsOfStep,
  packagesOn,
  rolesOf,
  servicesOn,
} from '../../src/domain/inventory.ts';
import { anInventory, aPlan, aStep } from './examples.ts';

describe('roles and hosts', () => {
  it('finds them both ways, in the order of the inventory', () => {
    expect(rolesOf(anInventory(), 'one')).toEqual(['front', 'back']);
    expect(hostsOf(anInventory(), 'back')).toEqual(['one', 'two']);
    expect(hostsOf(anInventory(), 'nobody')).toEqual([]);
  });

  it('does not find what every object has', () => {
    expect(() => rolesOf(anInventory(), 'constructor')).toThrow('no host is called "constructor"');
  });
});

describe('what is on a host', () => {
  it('names a service of two roles once, in start order', () => {
    const plan = aPlan({ 'start-order': ['queue', 'agent', 'web'] });
    expect(servicesOn(plan, anInventory(), 'one')).toEqual(['queue', 'web']);
    expect(servicesOn(plan, anInventory(), 'three')).toEqual(['agent']);
  });

  it('names a package of two roles once, in the order of the plan', () => {
    expect(packagesOn(aPlan(), anInventory(), 'one')).toEqual(['shop-common', 'shop-front', 'shop-back']);
  });
});

describe('hostsOfStep', () => {
  const step = (overrides: Parameters<typeof aStep>[0]) => hostsOfStep(anInventory(), aStep(overrides));

  it('takes the hosts of the roles and the named ones', () => {
    expect(step({ roles: ['back'], hosts: [] })).toEqual(['one', 'two']);
    expect(step({ roles: ['back'], hosts: ['three'] })).toEqual(['one', 'two', 'three']);
    expect(step({ roles: [], hosts: ['two'] })).toEqual(['two']);
  });

  it('takes the first host of the roles for once', () => {
    expect(step({ roles: ['node', 'back'], once: true })).toEqual(['one']);
  });
});

describe('databases', () => {
  it('follows same-as', () => {
    expect(databaseOf(anInventory(), 'back')).toMatchObject({ key: 'front', name: 'shop', on: 'one' });
  });

  it('refuses a circle and an unknown key', () => {
    const inventory = anInventory({ databases: { a: { 'same-as': 'b' }, b: { 'same-as': 'a' } } });
    expect(() => databaseOf(inventory, 'a')).toThrow('the databases a, b are the same as each other');
    expect(() => databaseOf(inventory, 'c')).toThrow(RangeError);
  });

  it('gives each database once, with its roles in the order of the plan', () => {
    expect(databasesOf(aPlan(), anInventory())).toEqual([
      { key: 'front', roles: ['front', 'back'], engine: 'postgresql', name: 'shop', on: 'one', port: 5432 },
    ]);
  });
});
