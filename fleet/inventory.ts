import type { Layout } from './layouts.ts';

/** The inventory of a layout with the real addresses, as text of its YAML file. */
export function inventoryText(layout: Layout, addressOf: (host: string) => string): string {
  const hosts = layout.hosts.map(({ name, roles }) => {
    const known = roles.length > 0 ? `, roles: [${roles.join(', ')}]` : '';
    return `  ${name}: { address: ${addressOf(name)}${known}, user: upgrade }`;
  });
  const databases = Object.entries(layout.databases).map(([role, database]) =>
    database.sameAs === undefined
      ? `  ${role}: { engine: postgresql, name: ${database.name}, on: ${database.on} }`
      : `  ${role}: { same-as: ${database.sameAs} }`,
  );
  return ['schema: 1', 'hosts:', ...hosts, 'databases:', ...databases, ''].join('\n');
}
