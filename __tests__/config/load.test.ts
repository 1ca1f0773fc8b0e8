import { describe, expect, it } from '@jest/globals';
import { loadUpgradeFiles } from '../../src/config/load.ts';
import { ConfigurationError } from '../../src/domain/errors.ts';
import { aFolder, INVENTORY, mistakesOf, PLAN } from './files.ts';

function load(plan: string, inventory: string) {
  using workspace = aFolder({ 'plan.yml': plan, 'inventory.yml': inventory });
  const folders = { builtInFolder: workspace.path, workspace: workspace.path };
  return loadUpgradeFiles({ plan: 'plan.yml', inventory: 'inventory.yml', ...folders });
}

describe('loadUpgradeFiles', () => {
  it('gives both', () => {
    const { plan, inventory, sources, path } = load(PLAN, INVENTORY);
    expect([plan.name, Object.keys(inventory.hosts), sources]).toEqual(['shop-2', ['one'], {}]);
    expect(path).toMatch(/\/plan\.yml$/);
  });

  it("takes an inventory's health checks for those of the plan, whole, and leaves them out of the inventory", () => {
    const plan = `${PLAN}    health: [{ http: "http://127.0.0.1/a" }, { http: "http://127.0.0.1/b" }]\n`;
    const [own, none] = [
      load(plan, `${INVENTORY}health: { front: [{ http: "http://127.0.0.1:8080/", before: status }] }\n`),
      load(plan, `${INVENTORY}health: { front: [] }\n`),
    ];
    expect(own.plan.roles.front?.health).toEqual([
      { http: 'http://127.0.0.1:8080/', header: {}, status: 200, before: 'status', within: 60 },
    ]);
    expect(none.plan.roles.front?.health).toEqual([]);
    expect(load(plan, INVENTORY).plan.roles.front?.health).toHaveLength(2);
    expect(own.inventory).toEqual(load(plan, INVENTORY).inventory);
  });

  it("tells mistakes in an inventory's health checks at their place", () => {
    const inventory = `${INVENTORY}health:
  fornt: [{ http: "http://127.0.0.1/" }]
  front: [{ http: "https://127.0.0.1/", befor: status }, { http: "http://127.0.0.1/", before: body }]
`;
    const lines = INVENTORY.split('\n').length;
    expect(mistakesOf(() => load(PLAN, inventory))).toEqual([
      `inventory.yml:${lines + 1}:3: health.fornt: the plan has no role "fornt"; did you mean "front"?`,
      expect.stringMatching(
        `^inventory.yml:${lines + 2}:19: health.front\\[0\\].http: .*expected an http URL`,
      ),
      expect.stringMatching(`^inventory.yml:${lines + 2}:41: .*unknown key "befor"; did you mean "before"`),
      expect.stringMatching(`^inventory.yml:${lines + 2}:95: .*expected same, status or nothing`),
    ]);
  });

  it('tells all mistakes of both files at once, in their order', () => {
    const plan = `${PLAN}dump: [before]\nsteps: [{ name: a, after: stop, hosts: [oen], run: x }]\n`;
    const inventory = `schema: 1
hosts:
  one: { roles: [fornt], adress: x }
databases:
  shop2: { engine: postgresql, name: shop, on: two }
  shop3: { engine: postgresql, name: shop, on: two }
`;
    expect(mistakesOf(() => load(plan, inventory))).toEqual([
      'plan.yml:9:15: roles.front.database: the inventory has no database "shop"; did you mean "shop2"?',
      'plan.yml:11:1: dump: found the unknown key "dump"; did you mean "dumps"?',
      'plan.yml:12:41: steps[0].hosts[0]: the inventory has no host "oen"; did you mean "one"?',
      'inventory.yml:2:1: hosts: no host has the role "front", expected at least one',
      'inventory.yml:3:18: hosts.one.roles[0]: the plan has no role "fornt"; did you mean "front"?',
      'inventory.yml:3:26: hosts.one.adress: found the unknown key "adress"; did you mean "address"?',
      'inventory.yml:5:48: databases.shop2.on: the inventory has no host "two"',
      'inventory.yml:6:3: databases.shop3: found the host, port and name of shop2, expected { same-as: shop2 }',
      'inventory.yml:6:48: databases.shop3.on: the inventory has no host "two"',
    ]);
  });

  it('tells nothing of one file that only the other one causes', () => {
    expect(mistakesOf(() => load('schema: [', INVENTORY))).toEqual([expect.stringMatching(/^plan\.yml:/)]);
    const inventory = INVENTORY.replace('roles: [front]', 'roles: front').replace('postgresql', 'mysql');
    expect(mistakesOf(() => load(PLAN, inventory))).toEqual([
      'inventory.yml:3:17: hosts.one.roles: found "front", expected a list',
      'inventory.yml:5:19: databases.shop.engine: found "mysql", expected postgresql',
    ]);
  });

  it('counts its mistakes, and keeps their places apart from the words', () => {
    try {
      load(`${PLAN}a: 1\nb: 2\n`, INVENTORY);
      throw new Error('it was loaded');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as Error).message).toMatch(/^found 2 mistakes in plan\.yml\n/);
      expect((error as ConfigurationError).mistakes[1]).toMatchObject({
        file: 'plan.yml',
        line: 12,
        column: 1,
        path: 'b',
      });
    }
  });

  it('shows the first hundred', () => {
    const many = Array.from({ length: 300 }, (_, index) => `x${index}: 1\n`).join('');
    expect(mistakesOf(() => load(PLAN + many, INVENTORY))).toHaveLength(100);
  });
});
