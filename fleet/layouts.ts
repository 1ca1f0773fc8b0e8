export type Init = 'systemd' | 'sysvinit';
export type Role = 'astakos' | 'cyclades' | 'pithos' | 'ganeti';
export type LayoutName = 'spread' | 'compact';

/** One host of a layout. */
export interface HostPlan {
  name: string;
  /** Last number of its address. */
  number: number;
  init: Init;
  roles: readonly Role[];
}

/** Where the database of a web role is. */
export interface DatabasePlan {
  name: string;
  on: string;
  /** The role that shares it and comes first. */
  sameAs?: Role;
}

export type WebRole = Exclude<Role, 'ganeti'>;

export interface Layout {
  hosts: readonly HostPlan[];
  databases: Readonly<Record<WebRole, DatabasePlan>>;
}

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  spread: {
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
};

/** Ports of the web roles, so that they can share a host. */
export const PORTS: Readonly<Record<WebRole, number>> = { astakos: 8080, cyclades: 8081, pithos: 8082 };

/** What the operator installed for a role, as the upgrade document lists it. */
export const PACKAGES: Readonly<Record<Role, readonly string[]>> = {
  astakos: [...web(), 'snf-astakos-app'],
  cyclades: [...web(), 'snf-pithos-backend', 'snf-cyclades-app'],
  pithos: [...web(), 'snf-pithos-backend', 'snf-pithos-app', 'snf-pithos-webclient'],
  ganeti: ['python-objpool', 'snf-common', 'snf-cyclades-gtools', 'snf-pithos-backend', 'snf-network'],
};

function web(): string[] {
  return [
    ...['python-objpool', 'snf-common', 'python-astakosclient', 'snf-django-lib', 'snf-webproject'],
    'snf-branding',
  ];
}

export function isWebRole(role: Role): role is WebRole {
  return role !== 'ganeti';
}

/** The services of a host's roles, in the order in which they are started. */
export function servicesOf(roles: readonly Role[]): string[] {
  return [
    ...(roles.some(isWebRole) ? ['gunicorn'] : []),
    ...(roles.includes('cyclades') ? ['snf-dispatcher'] : []),
    ...(roles.includes('ganeti') ? ['snf-ganeti-eventd'] : []),
  ];
}

/** Names of the databases that stand on a host, each once. */
export function databasesOn(layout: Layout, host: string): string[] {
  const here = Object.values(layout.databases).filter((database) => database.on === host);
  return [...new Set(here.map((database) => database.name))];
}
