/** The names that two files define, however wrong the rest of them is: a mistake here must not cause others there. */
export interface KnownNames {
  readonly roles: readonly string[];
  readonly services: readonly string[];
  readonly packages: readonly string[];
  readonly hosts: readonly string[];
  /** Roles that some host has. */
  readonly placed: readonly string[];
  readonly databases: readonly string[];
}

/** Reads the names out of a plan and an inventory, checked or not. */
export function knownNames(plan: unknown, inventory: unknown): KnownNames {
  const roles = entries(plan, 'roles');
  const hosts = entries(inventory, 'hosts');
  return {
    roles: roles.map(([name]) => name),
    services: roles.flatMap(([, role]) => texts(role, 'services')),
    packages: roles.flatMap(([, role]) => texts(role, 'packages')),
    hosts: hosts.map(([name]) => name),
    placed: hosts.flatMap(([, host]) => texts(host, 'roles')),
    databases: entries(inventory, 'databases').map(([name]) => name),
  };
}

function entries(value: unknown, key: string): [string, unknown][] {
  const found = member(value, key);
  return typeof found === 'object' && found !== null ? Object.entries(found) : [];
}

/** A text where a list belongs counts as its only entry. */
function texts(value: unknown, key: string): string[] {
  return [member(value, key)].flat().filter((entry) => typeof entry === 'string');
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
