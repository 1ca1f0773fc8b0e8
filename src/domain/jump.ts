import type { Inventory } from './inventory.ts';

/** Through which machine a host is reached: another one of the inventory, or one outside of it. */
export type Jump =
  | { readonly kind: 'host'; readonly name: string }
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly port: number;
      readonly user: string | null;
    };

/** `[user@]host[:port]`, an IPv6 address in brackets. */
export const JUMP_PATTERN =
  /^(?:([A-Za-z_][A-Za-z0-9_.-]*)@)?(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/;

/**
 * The jump of a host, or null.
 * @throws RangeError for text that the inventory's schema would have refused
 */
export function jumpOf(inventory: Pick<Inventory, 'hosts'>, host: string): Jump | null {
  const jump = Object.hasOwn(inventory.hosts, host) ? inventory.hosts[host]?.jump : undefined;
  if (jump === undefined) {
    return null;
  }
  if (Object.hasOwn(inventory.hosts, jump)) {
    return { kind: 'host', name: jump };
  }
  const [, user, v6, name, port] = JUMP_PATTERN.exec(jump) ?? [];
  const address = v6 ?? name;
  if (address === undefined) {
    throw new RangeError(`not a jump host: ${JSON.stringify(jump)}`);
  }
  return { kind: 'address', address, port: Number(port ?? 22), user: user ?? null };
}
