import { z } from 'zod';
import * as g from './grammar.ts';

const DAY = 86_400;

const migration = z.strictObject({
  run: g.script().describe('The command, run by bash as root on the first host of the role.'),
  repeat: g
    .repeat()
    .default('restore-first')
    .describe(
      'What an interrupted or failed one needs: safe (one transaction: run it again) or restore-first (its database is restored before).',
    ),
  'time-limit': g
    .seconds()
    .default(DAY)
    .describe('Seconds after which the waiting for it ends; the migration itself is never ended.'),
});

const migrationSchema = z
  .union([g.script(), migration])
  .transform(
    (entry): z.output<typeof migration> =>
      typeof entry === 'string' ? { run: entry, repeat: 'restore-first', 'time-limit': DAY } : entry,
  )
  .describe('A command alone, or one with what is known about it.');

const headerValue = z.union([
  g.line(),
  z.strictObject({
    secret: g.secretName().describe("The runner's environment variable that holds the value."),
  }),
]);

/** A request that proves that a role works. */
export const healthSchema = z.strictObject({
  http: z
    .string()
    .refine(isHttpUrl, {
      error: 'an http URL such as http://127.0.0.1:8080/path (only http is spoken, no user, no fragment)',
    })
    .describe("The URL as the host itself sees it; asked through the host's connection."),
  header: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: "a header's name" }), headerValue)
    .default({})
    .describe('Headers of the request; a value is text, or { secret: NAME } for a variable of the runner.'),
  status: z.int().min(100).max(599).default(200).describe('The status that the answer must have.'),
  body: g.line().exactOptional().describe("Text that the answer's body must hold."),
  before: z
    .enum(['same', 'status', 'nothing'])
    .default('same')
    .describe(
      'What of it must hold before the upgrade as well, asked while nothing is stopped yet: all of it (same), the status without the body (where only the new version has these words), or nothing (where only the new version has this page).',
    ),
  within: g.seconds().default(60).describe('Seconds within which it must have answered so.'),
});

export const roleSchema = z.strictObject({
  services: g.list(g.serviceName()).default([]).describe('Services that are stopped and started.'),
  packages: g.list(g.packageName()).default([]).describe('Packages that are installed.'),
  serial: z
    .boolean()
    .default(false)
    .describe(
      'True where the packages change the database while they are installed: the hosts of such roles install one after the other.',
    ),
  database: g.ownName().exactOptional().describe("The key of the role's database in the inventory."),
  migrate: g.list(migrationSchema).default([]).describe('Migrations of the database, in their order.'),
  schema: g
    .script()
    .exactOptional()
    .describe('A command that prints what the database is at; its output is compared before and after.'),
  pending: g
    .linePattern()
    .exactOptional()
    .describe("A regular expression: a line of schema's output that matches is a pending migration."),
  head: g
    .linePattern()
    .exactOptional()
    .describe("A regular expression that some line of schema's output must match when nothing is pending."),
  health: g.list(healthSchema).default([]).describe('Requests that prove that the role works.'),
});

function isHttpUrl(value: string): boolean {
  if (!/^http:\/\/[^\p{C}\s"'\\@#]+$/u.test(value) || !URL.canParse(value)) {
    return false;
  }
  const url = new URL(value);
  return url.hostname !== '' && url.username === '' && url.hash === '';
}
