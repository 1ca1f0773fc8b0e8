import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { inventoryText } from '../../fleet/inventory.ts';
import { databasesOn, LAYOUTS, type LayoutName } from '../../fleet/layouts.ts';
import { componentsOf, installed } from '../../fleet/seeds.ts';
import { packagesOf, servicesOf } from '../../fleet/stacks/stack.ts';
import { SYNNEFO } from '../../fleet/stacks/synnefo.ts';

describe('layouts', () => {
  it.each(Object.keys(LAYOUTS) as LayoutName[])(
    '%s gives every host an address and every database a host',
    (name) => {
      const { hosts, databases } = LAYOUTS[name];
      expect(new Set(hosts.map((host) => host.number)).size).toBe(hosts.length);
      for (const database of Object.values(databases)) {
        expect(hosts.map((host) => host.name)).toContain(database.on);
      }
    },
  );

  it('puts two components into a shared database', () => {
    expect(componentsOf(LAYOUTS.compact, 'snf_apps')).toEqual(['astakos', 'cyclades']);
    expect(databasesOn(LAYOUTS.compact, 'node1')).toEqual(['snf_apps', 'snf_pithos']);
    expect(databasesOn(LAYOUTS.compact, 'node2')).toEqual([]);
  });

  it('names a package and a service of several roles once', () => {
    const roles = ['astakos', 'cyclades', 'ganeti'] as const;
    expect(packagesOf(SYNNEFO, roles).filter((name) => name === 'snf-common')).toHaveLength(1);
    expect(servicesOf(SYNNEFO, roles)).toEqual(['gunicorn', 'snf-dispatcher', 'snf-ganeti-eventd']);
    expect(packagesOf(SYNNEFO, ['ganeti'])).not.toContain('gunicorn-services');
  });

  it('installs the oldest version of each package', () => {
    const text = installed(LAYOUTS.webshop.stack, ['web', 'worker']);
    expect(text).toBe('webshop-web=2.4-1 webshop-images=1.7-1 webshop-worker=2.4-1');
  });
});

describe('inventoryText', () => {
  it('writes YAML that names hosts, roles and shared databases', () => {
    const text = inventoryText(LAYOUTS.compact, (host) => (host === 'node1' ? '10.0.0.11' : '10.0.0.12'));
    expect(parse(text)).toEqual({
      schema: 1,
      hosts: {
        node1: { address: '10.0.0.11', roles: ['astakos', 'cyclades', 'ganeti'], user: 'upgrade' },
        node2: { address: '10.0.0.12', roles: ['pithos', 'ganeti'], user: 'upgrade' },
      },
      databases: {
        astakos: { engine: 'postgresql', name: 'snf_apps', on: 'node1' },
        cyclades: { 'same-as': 'astakos' },
        pithos: { engine: 'postgresql', name: 'snf_pithos', on: 'node1' },
      },
    });
  });

  it('leaves the roles of a mere database host out', () => {
    const text = inventoryText(LAYOUTS.spread, () => '10.0.0.1');
    expect(text).toContain('  db1: { address: 10.0.0.1, user: upgrade }');
  });
});
