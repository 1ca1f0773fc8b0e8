import { z } from 'zod';
import * as g from './grammar.ts';
import { roleSchema } from './role-schema.ts';
import { stepSchema } from './step-schema.ts';

const versionsSchema = z.strictObject({
  from: z
    .record(g.packagePattern(), g.range())
    .default({})
    .describe('The versions that must be installed before, by package name or glob.'),
  to: z
    .record(g.packagePattern(), g.rangeOrAny())
    .describe(
      'The versions to install, by package name or glob; a name beats a glob, a longer glob a shorter one. Every package of every role needs a rule.',
    ),
  same: g
    .list(g.list(g.packageName()).min(2))
    .default([])
    .describe('Groups of packages whose versions must be equal on all hosts.'),
});

const aptSchema = z.strictObject({
  release: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9./_~+-]{0,63}$/, { error: "a release's name, such as bookworm" })
    .exactOptional()
    .describe("The release to take packages from (apt's -t)."),
  allow: g
    .list(g.packagePattern())
    .default([])
    .describe('Packages beneath the stack, or removals, that the transaction may hold: names or globs.'),
});

const processSchema = z.strictObject({
  pidfile: g.absolutePath().exactOptional().describe('The file that holds the number of its main process.'),
  executable: g.absolutePath().exactOptional().describe('What /proc/PID/exe points at.'),
  arguments: g.line().exactOptional().describe('A part of its command line.'),
  user: g.userName().exactOptional().describe('The user that it runs as.'),
});

const serviceSchema = z.strictObject({
  process: processSchema
    .exactOptional()
    .describe("How to know its processes, beside the init system's word."),
});

const answerSchema = z.strictObject({
  prompt: g.line().describe('A part of the question.'),
  say: g.line().describe('What is typed, without the end of the line.'),
});

/** A plan as its file has it. `normalisePlan` fills what one part takes from another. */
export const planSchema = z.strictObject({
  schema: z.literal(1).describe("The version of this file's format."),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, { error: 'a name: lower-case letters, digits, - and .' })
    .describe('What this upgrade is called.'),
  versions: versionsSchema.describe('Which versions the packages have before and after.'),
  apt: aptSchema.prefault({}).describe('What apt may do.'),
  'stop-order': g
    .list(g.serviceName())
    .exactOptional()
    .describe('The order in which services stop; names every service once. As start-order when left out.'),
  'start-order': g
    .list(g.serviceName())
    .exactOptional()
    .describe(
      'The order in which services start; names every service once. As the roles name them when left out.',
    ),
  answers: g.list(answerSchema).default([]).describe('What to say to questions of packages and migrations.'),
  services: z.record(g.serviceName(), serviceSchema).default({}).describe('What is special about a service.'),
  roles: z
    .record(g.ownName(), roleSchema)
    .refine((roles) => Object.keys(roles).length > 0, { error: 'at least one role' })
    .describe('The roles that hosts can have.'),
  dumps: g
    .list(z.enum(['before', 'after-migrate', 'after-steps']))
    .default(['before'])
    .describe('When each database is dumped; before is always in.'),
  steps: g.list(stepSchema).default([]).describe('Scripts to run and files to place beside the packages.'),
});

export type PlanFile = z.output<typeof planSchema>;
