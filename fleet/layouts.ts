import type { DatabasePlan, Stack } from './stacks/stack.ts';
import { SYNNEFO } from './stacks/synnefo.ts';
import { WEBSHOP } from './stacks/webshop.ts';

export type Init = 'systemd' | 'sysvinit';
export type LayoutName = 'spread' | 'compact' | 'webshop';

/** One host of a layout. */
export interface HostPlan {
  name: string;
  /** Last number of its address. */
  number: number;
  init: Init;
  roles: readonly string[];
}

/** A stack on hosts. */
export interface Layout {
  stack: Stack;
  hosts: readonly HostPlan[];
  databases: Readonly<Record<string, DatabasePlan>>;
}

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  spread: {
    stack: SYNNEFO,
    hosts: [
      { name: 'astakos', number: 11, init: 'systemd', roles: ['astakos'] },
      { name: 'cyclades', number: 12, init: 'systemd', roles: ['cyclades'] },
      { name: 'pithos', number: 13, init: 'systemd', roles: ['pithos'] },
      { name: 'node1', number: 14, init: 'sysvinit', roles: ['ganeti'] },
      { name: 'db1', number: 15, init: 'systemd', roles: [] },
    ],
    databases: {
      astakos: { name: 'snf_astakos', on: 'db1' },
      cyclades: { name: 'snf_cyclades', on: 'db1' },
      pithos: { name: 'snf_pithos', on: 'pithos' },
    },
  },
  compact: {
    stack: SYNNEFO,
    hosts: [
      { name: 'node1', number: 11, init: 'systemd', roles: ['astakos', 'cyclades', 'ganeti'] },
      { name: 'node2', number: 12, init: 'sysvinit', roles: ['pithos', 'ganeti'] },
    ],
    databases: {
      astakos: { name: 'snf_apps', on: 'node1' },
      cyclades: { name: 'snf_apps', on: 'node1', sameAs: 'astakos' },
      pithos: { name: 'snf_pithos', on: 'node1' },
    },
  },
  // Here PostgreSQL runs under sysvinit, and one database has two workers, under either init.
  webshop: {
    stack: WEBSHOP,
    hosts: [
      { name: 'web1', number: 11, init: 'systemd', roles: ['web', 'worker'] },
      { name: 'worker', number: 12, init: 'sysvinit', roles: ['worker'] },
    ],
    databases: { webshop: { name: 'webshop', on: 'worker' } },
  },
};

/** True for the name of a layout. */
export function isLayoutName(text: string): text is LayoutName {
  return Object.hasOwn(LAYOUTS, text);
}

/** @throws Error for a database that the layout does not have */
export function databaseOf(layout: Layout, key: string): DatabasePlan {
  const found = layout.databases[key];
  if (found === undefined) throw new Error(`no database ${key} in this layout`);
  return found;
}

/** Names of the databases that stand on a host, each once. */
export function databasesOn(layout: Layout, host: string): string[] {
  const here = Object.values(layout.databases).filter((database) => database.on === host);
  return [...new Set(here.map((database) => database.name))];
}
