import { isIP } from 'node:net';
import { z } from 'zod';
import { JUMP_PATTERN } from '../domain/jump.ts';
import * as g from './grammar.ts';
import { healthSchema } from './role-schema.ts';

/** An ssh client would take `-oProxyCommand=...` for an option, and a space for the end of the address. */
const address = () =>
  z.string().refine((value) => isIP(value) > 0 || g.HOST_NAME.test(value), {
    error: 'a host name, an IPv4 or an IPv6 address',
  });

const hostSchema = z.strictObject({
  address: address().exactOptional().describe('Where the host is reached; its name when left out.'),
  port: g.port().default(22).describe('The port of its ssh server.'),
  user: g
    .userName()
    .default('root')
    .describe('The user to log in as: root, or one with sudo without a password.'),
  roles: g.list(g.ownName()).default([]).describe("Roles of the plan; a database's host needs none."),
  jump: z
    .string()
    .refine(isJump, { error: '[user@]host[:port], or the name of another host here (no chain of them)' })
    .exactOptional()
    .describe('The machine through which it is reached: [user@]host[:port], or another host of this file.'),
  local: z.boolean().default(false).describe('The runner itself is this host.'),
});

const ownDatabase = z.strictObject({
  engine: z.literal('postgresql').describe('The kind of server.'),
  name: z
    .string()
    .refine(isDatabaseName, {
      error: 'the name of a database: at most 63 bytes without quotes, =, \\, :// and a leading dash',
    })
    .describe("The server's name for it."),
  on: g.hostName().describe('The host on which the server runs.'),
  port: g.port().default(5432).describe("The server's port there."),
});

const sharedDatabase = z.strictObject({
  'same-as': g.ownName().describe('The key of the database that this one is.'),
});

/** An inventory as its file has it. */
export const inventorySchema = z.strictObject({
  schema: z.literal(1).describe("The version of this file's format."),
  hosts: z
    .record(g.hostName(), hostSchema)
    .refine((hosts) => Object.keys(hosts).length > 0, { error: 'at least one host' })
    .describe('The hosts by name, in the order in which they are opened.'),
  databases: z
    .record(g.ownName(), z.union([ownDatabase, sharedDatabase]))
    .default({})
    .describe("The databases by the plan's keys; each either its own, or the same as another."),
  health: z
    .record(g.ownName(), g.list(healthSchema))
    .default({})
    .describe(
      "Health checks by role, where ports and words of this site are not the plan's: all of a role's at once.",
    ),
});

export type InventoryFile = z.output<typeof inventorySchema>;

function isJump(value: string): boolean {
  const match = JUMP_PATTERN.exec(value);
  const [v6, port] = [match?.[2], match?.[4]];
  return match !== null && (v6 === undefined || isIP(v6) === 6) && Number(port ?? 22) < 65_536;
}

/** libpq takes a name with `=` or `://` for a whole connection string. */
function isDatabaseName(value: string): boolean {
  return (
    /^(?!-)[^\p{C}\p{Zl}\p{Zp}"'`\\=$]+$/u.test(value) &&
    !value.includes('://') &&
    value.trim() === value &&
    Buffer.byteLength(value) <= 63
  );
}
