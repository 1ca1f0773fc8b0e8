import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { jsonSchemas } from '../../src/config/json-schemas.ts';
import { loadUpgradeFiles } from '../../src/config/load.ts';
import { databasesOf, hostsOfStep, packagesOn, servicesOn } from '../../src/domain/inventory.ts';
import { packagesOf, servicesOf } from '../../src/domain/plan.ts';
import { ruleFor, satisfies } from '../../src/domain/version-range.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function load(layout: string) {
  const inventory = `examples/inventories/${layout}.yml`;
  return loadUpgradeFiles({
    plan: 'synnefo-0.16',
    inventory,
    builtInFolder: `${root}plans`,
    workspace: root,
  });
}

describe('the plan for Synnefo 0.16', () => {
  const { plan, inventory } = load('spread');

  it('starts all that it stops', () => {
    expect(plan['stop-order']).toEqual(['gunicorn', 'snf-dispatcher', 'snf-ganeti-eventd']);
    expect(plan['start-order'].toSorted()).toEqual(servicesOf(plan).toSorted());
  });

  it.each(packagesOf(plan).filter((name) => name !== 'python-objpool'))(
    'takes %s to 0.16 and not beyond',
    (name) => {
      const range = ruleFor(plan.versions.to, name)?.range ?? 'any';
      const fits = ['0.15.2-1', '0.16~rc1-1', '0.16.2-1', '0.17~rc1-1', '0.17-1'].filter((v) =>
        satisfies(v, range),
      );
      expect(fits).toEqual(['0.16~rc1-1', '0.16.2-1']);
    },
  );

  it('takes any python-objpool', () => {
    expect(ruleFor(plan.versions.to, 'python-objpool')?.range).toBe('any');
  });

  it('repeats no interrupted migration but that of one transaction', () => {
    const repeats = Object.entries(plan.roles).map(([role, { migrate }]) => [
      role,
      migrate.map((m) => m.repeat),
    ]);
    expect(Object.fromEntries(repeats)).toEqual({
      astakos: ['restore-first', 'restore-first'],
      cyclades: ['restore-first', 'restore-first'],
      pithos: ['safe'],
      ganeti: [],
    });
  });

  it.each([
    ['astakos', '  ( ) 0004_base_projects', '  (*) 0003_is_active'],
    ['cyclades', ' ( ) 0080_x', 'im'],
  ])('knows a pending migration of %s', (role, pending, done) => {
    const pattern = new RegExp(plan.roles[role]?.pending ?? '');
    expect([pattern.test(pending), pattern.test(done)]).toEqual([true, false]);
  });

  it('knows the head of pithos', () => {
    const pattern = new RegExp(plan.roles.pithos?.head ?? '');
    expect([pattern.test('4451e80244a6 (head)'), pattern.test('27381099d477')]).toEqual([true, false]);
  });

  it('asks every web role with a token', () => {
    const checks = Object.values(plan.roles).flatMap(({ health }) => health);
    expect(checks.map(({ header }) => header)).toEqual(
      Array(3).fill({ 'X-Auth-Token': { secret: 'HEALTH_TOKEN' } }),
    );
  });

  it('makes the group before the packages want it, on every web host', () => {
    const step = plan.steps.find(({ name }) => name === 'make-group');
    expect(step?.after).toBe('stop');
    expect(step && hostsOfStep(inventory, step)).toEqual(['astakos', 'cyclades', 'pithos']);
  });
});

describe('the example inventories', () => {
  it('spread the roles, and the databases over two servers', () => {
    const { plan, inventory } = load('spread');
    expect(Object.keys(inventory.hosts)).toEqual(['astakos', 'cyclades', 'pithos', 'node1', 'db1']);
    expect(databasesOf(plan, inventory).map(({ name, on }) => `${name} on ${on}`)).toEqual([
      'snf_astakos on db1',
      'snf_cyclades on db1',
      'snf_pithos on pithos',
    ]);
    expect(servicesOn(plan, inventory, 'db1')).toEqual([]);
  });

  it('replace the health checks of a role, and no other', () => {
    const { plan } = load('spread');
    const urls = Object.values(plan.roles).flatMap(({ health }) => health.map(({ http }) => http));
    expect(urls).toEqual(['http://127.0.0.1:8080/', 'http://127.0.0.1:8081/', 'http://127.0.0.1:8090/']);
  });

  it('share a host and a database', () => {
    const { plan, inventory } = load('compact');
    expect(databasesOf(plan, inventory).map(({ name, roles }) => [name, roles])).toEqual([
      ['snf_apps', ['astakos', 'cyclades']],
      ['snf_pithos', ['pithos']],
    ]);
    expect(servicesOn(plan, inventory, 'node1')).toEqual(['gunicorn', 'snf-dispatcher', 'snf-ganeti-eventd']);
    const packages = packagesOn(plan, inventory, 'node1');
    expect(packages).toHaveLength(new Set(packages).size);
  });
});

describe('the example plan', () => {
  it('fits its inventory, and brings its script along', () => {
    const { plan, inventory, sources } = loadUpgradeFiles({
      plan: 'examples/plans/webshop-3.yml',
      inventory: 'examples/inventories/webshop.yml',
      builtInFolder: `${root}plans`,
      workspace: root,
    });
    expect(Object.keys(sources)).toEqual([
      'webshop/limits.conf',
      'webshop/web.conf',
      'webshop/clear-cache.sh',
    ]);
    expect(plan.steps.map((step) => hostsOfStep(inventory, step))).toEqual([
      ['web1', 'web2'],
      ['web1', 'web2'],
      ['web1'],
      ['worker'],
    ]);
    expect(databasesOf(plan, inventory)).toHaveLength(1);
  });
});

describe('the JSON Schemas', () => {
  it.each(Object.entries(jsonSchemas()))('%s is what the code says', (name, text) => {
    expect(readFileSync(`${root}schemas/${name}`, 'utf8')).toBe(text);
  });

  it('are all that lie there', () => {
    expect(readdirSync(`${root}schemas`).toSorted()).toEqual(Object.keys(jsonSchemas()).toSorted());
  });

  it('describe every key', () => {
    const bare = Object.entries(jsonSchemas()).flatMap(([name, text]) => undescribed(JSON.parse(text), name));
    expect(bare).toEqual([]);
  });
});

function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const properties = 'properties' in schema ? Object.entries(schema.properties ?? {}) : [];
  return [
    ...properties.filter(([, each]) => !('description' in each)).map(([key]) => `${path}.${key}`),
    ...Object.entries(schema).flatMap(([key, each]) => undescribed(each, `${path}.${key}`)),
  ];
}
