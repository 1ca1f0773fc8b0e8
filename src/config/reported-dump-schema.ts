import { z } from 'zod';
import { number, text, textOrNull } from './described.ts';

const stored = z.strictObject({
  kind: z.enum(['artifact', 'directory']).describe('The kind of place.'),
  name: text('Its name there.'),
  sha256: text('Of the file as it is stored: encrypted, where it is.'),
  bytes: number('Its size as it is stored.'),
  id: z.number().exactOptional().describe("The artifact's id."),
  path: z.string().exactOptional().describe("The file's path."),
  url: z.string().exactOptional().describe('The page on which a person finds the artifact.'),
});

const shape = z.strictObject({
  owner: text('The role that owns it.'),
  encoding: text('As `UTF8`.'),
  collate: text('Its LC_COLLATE.'),
  ctype: text('Its LC_CTYPE.'),
  icuLocale: textOrNull("Its ICU locale; null where the C library's are used."),
});

/** What the dump of a database and that of a server's roles have in common. */
const copies = {
  host: text('The host of the database server.'),
  port: number("The server's port."),
  point: z.enum(['before', 'after-migrate', 'after-steps', 'adhoc']).describe('When it was taken.'),
  sha256: text('Of the dump as the server made it.'),
  bytes: number('The size of the dump as the server made it.'),
  hostCopy: textOrNull('The path of the copy on its host; null where there was no room.'),
  stored: stored.nullable().describe('The copy that outlives the runner.'),
  encrypted: z.boolean().describe('Is that copy encrypted?'),
  takenAt: number('Milliseconds since 1970.'),
  restore: text("Lines of shell that restore it, for the database's host, as root."),
};

/** The roles and grants of one server. */
export const globalsSchema = z.strictObject(copies);

/** A dump of one database, proved and kept. */
export const dumpSchema = z.strictObject({
  key: text("The inventory's key of the database."),
  name: text("The server's name of the database."),
  generation: number('1 for the first of its point.'),
  shape: shape.describe('With what the database was created.'),
  ...copies,
  rows: z.number().nullable().describe('All rows of all tables; null where they were not counted.'),
});
