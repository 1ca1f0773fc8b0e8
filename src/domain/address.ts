/**
 * One spelling of every address or name of a host, so that two can be compared: names in lower case, IPv6 addresses as
 * RFC 5952 writes them (with their zone, if they have one), IPv4 within IPv6 as IPv4.
 */
export function plainAddress(address: string): string {
  const lower = address.toLowerCase();
  if (!isV6(lower)) {
    return lower;
  }
  const [bare = '', ...zone] = lower.split('%');
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  return [within(short) ?? short, ...zone].join('%');
}

/** `address:port`, an IPv6 address in brackets: its last group would read as the port otherwise. */
export function withPort(address: string, port: number): string {
  return isV6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** No name of a host and no IPv4 address has a colon. */
function isV6(address: string): boolean {
  return address.includes(':');
}

/** `192.0.2.1` of `::ffff:c000:201`, null of every other address. */
function within(v6: string): string | null {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(v6) ?? [];
  if (high === undefined || low === undefined) {
    return null;
  }
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
