import { z } from 'zod';
import type { Report } from '../domain/report.ts';
import { number, numberOrNull, text, textOrNull, texts } from './described.ts';
import { dumpSchema, globalsSchema } from './reported-dump-schema.ts';
import { outageSchema, phase, probeSchema, stepSchema } from './reported-times-schema.ts';

const version = z.strictObject({
  host: text('The host that it changes on.'),
  package: text("The package's name."),
  from: textOrNull('The version before; null where it was not installed.'),
  to: text('The version after.'),
});

const service = z.strictObject({
  host: text('The host that it runs on.'),
  name: text("The service's name."),
  before: z.enum(['running', 'down']).describe('What it was before the upgrade.'),
  after: z
    .enum(['running', 'down', 'unknown'])
    .describe('What it is now; unknown while nobody looked again.'),
});

const schemaOfRole = z.strictObject({
  role: text('The role that has it.'),
  before: text("What the role's schema command printed."),
  after: textOrNull('What it prints now; null while that is not known.'),
  pendingBefore: number('Migrations that were pending.'),
  pendingAfter: numberOrNull('Migrations that are pending; null while that is not known.'),
});

const settings = z.strictObject({
  host: text('The host.'),
  added: texts('Files that are new.'),
  gone: texts('Files that are gone.'),
  changed: texts('Files that are others.'),
  keptBack: texts('New versions that lie beside a file that had been edited.'),
  diff: text('Where on the host the whole difference lies.'),
});

const planned = z.strictObject({
  phase: phase(),
  stage: text('What all hosts do at once.'),
  host: text('The host that it would be done on.'),
  title: text('What would be done.'),
  commands: texts('With which commands.'),
});

const database = z.strictObject({
  name: text("The server's name of the database."),
  host: text('The host of the database server.'),
  port: number("The server's port."),
  sizeBytes: number('Its size.'),
  dumpBytes: number('The size of its dump, an estimate.'),
  dumpSeconds: number('How long its dump takes, an estimate.'),
});

const disk = z.strictObject({
  host: text('The host.'),
  folders: texts('The folders, which share a file system.'),
  freeBytes: number('What is free there.'),
  needBytes: number('What the upgrade needs there, with what has to stay free.'),
  estimated: z.boolean().describe('Is what is needed an estimate? Then less may do.'),
});

const outlook = z.strictObject({
  databases: z.array(database).describe('What would be dumped.'),
  disks: z.array(disk).describe('Where room is needed.'),
  irreversible: texts('What cannot be undone by running something else.'),
});

const mistake = z.strictObject({
  file: text('The file.'),
  line: number('The line, from 1.'),
  column: number('The column, from 1.'),
  path: text('The path of the key.'),
  message: text('What is wrong.'),
});

const failure = z.strictObject({
  what: text('What failed.'),
  mistakes: z.array(mistake).describe("Mistakes in the user's files."),
  host: textOrNull('On which host.'),
  command: textOrNull('With which command.'),
  output: text('The last lines that it printed.'),
  state: text('What state things are in.'),
  next: text('What to do next.'),
});

const outcome = z
  .enum(['planned', 'unchanged', 'done', 'finished', 'refused', 'abandoned', 'unfinished', 'cancelled'])
  .describe('How the run ended.');

/**
 * All that a run has to tell, as the output `report` has it: the domain's `Report`. Where the two differ, this file
 * or its test does not compile.
 */
export const reportSchema = z.strictObject({
  schema: z.literal(1).describe('The version of this schema.'),
  outcome,
  plan: text("The plan's name."),
  part: textOrNull('The part of the upgrade that ran; null for the whole.'),
  next: textOrNull('The part that comes next; null where none does, or none is known.'),
  upgrade: textOrNull("The upgrade's id on the hosts; null when none was begun."),
  digest: textOrNull('SHA-256 of what is approved of the plan; null where none could be made.'),
  versions: z.array(version).describe('The packages that change.'),
  services: z.array(service).describe("The plan's services."),
  schemas: z.array(schemaOfRole).describe('What the databases are at.'),
  dumps: z.array(dumpSchema).describe('Dumps of databases, proved and kept.'),
  globals: z.array(globalsSchema).describe('Roles and grants of the database servers, proved and kept.'),
  outage: outageSchema.nullable().describe('By the journal; null while no service was stopped.'),
  outageSeconds: numberOrNull(
    'Seconds of the outage by the journal; null while it has not begun or not ended.',
  ),
  probe: probeSchema
    .nullable()
    .describe('The outage as seen from outside; null where nobody asked all the while.'),
  settings: z.array(settings).describe('What changed in /etc.'),
  steps: z.array(stepSchema).describe('Journaled steps that ended, oldest first.'),
  planned: z.array(planned).describe('Of a dry run: what would be done, in order.'),
  outlook: outlook.nullable().describe('Of a dry run: what it would meet.'),
  notes: texts('What else there is to know.'),
  failure: failure.nullable().describe('What went wrong; null when nothing did.'),
}) satisfies z.ZodType<Report>;
