import { z } from 'zod';
import * as g from './grammar.ts';

const fileSchema = z.strictObject({
  source: g.insidePath().exactOptional().describe("A file in the plan's folder."),
  content: g.content().exactOptional().describe('What the file holds.'),
  path: g.absolutePath().describe('Where it goes on the host.'),
  owner: g.userName().default('root').describe('Its owner.'),
  group: g.userName().default('root').describe('Its group.'),
  mode: z
    .string()
    .regex(/^[0-7]{4}$/, { error: 'four octal digits in quotes, such as "0644"' })
    .default('0644')
    .describe('Its mode: four octal digits, in quotes.'),
});

export const stepSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'a name: lower-case letters, digits and -' })
    .describe('What it is called; no other step is.'),
  after: z.enum(['prepare', 'stop', 'install', 'migrate']).describe('The phase that it follows.'),
  roles: g.list(g.ownName()).default([]).describe('It runs on every host of these roles,'),
  hosts: g.list(g.hostName()).default([]).describe('and on these hosts.'),
  once: z.boolean().default(false).describe('Only on the first host of the roles.'),
  run: g.script().exactOptional().describe('A script, run by bash as root.'),
  script: g.insidePath().exactOptional().describe("A script in the plan's folder, run by bash as root."),
  file: fileSchema.exactOptional().describe('A file to place.'),
  env: z.record(g.variableName(), g.content()).default({}).describe('Variables of the script.'),
  secrets: g
    .list(g.secretName())
    .default([])
    .describe("The runner's variables whose values the script gets; they never lie on a host's disk."),
  unless: g.script().exactOptional().describe('A command: where it ends 0, there is nothing to do.'),
  'time-limit': g.seconds().default(600).describe('Seconds that it may take.'),
  repeat: z
    .enum(['safe', 'ask', 'restore-first'])
    .exactOptional()
    .describe(
      'What an interrupted or failed one needs: safe (run it again), ask (a person says what became of it) or restore-first (its database is restored before). Files are safe, scripts restore-first unless they say so.',
    ),
});
