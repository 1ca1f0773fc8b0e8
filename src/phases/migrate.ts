import { type DatabaseTarget, databasesOf } from '../domain/inventory.ts';
import type { Migration, Role } from '../domain/plan.ts';
import { migrationHost, type ResolvedPlan } from '../domain/resolved.ts';
import { judgeSchema } from '../domain/schema-state.ts';
import type { CheckStep, ScriptStep, Stage, Step } from '../domain/step.ts';
import { scriptStep } from './steps.ts';

/** Proves that a database is as its `before` dump has it, or makes a new generation of the dump. */
export type Guard = (target: DatabaseTarget, before: 'install-packages' | 'migrate') => Step;

/**
 * Migrates every database: different databases side by side, the roles of one database one after the other, each
 * role on one host, since migrations that run at once on one database fail.
 */
export function migrate(resolved: ResolvedPlan, guard: Guard): Stage[] {
  const lanes = databasesOf(resolved.plan, resolved.inventory).map((target) => [
    ...(hasMigrations(resolved, target) ? [guard(target, 'migrate')] : []),
    ...target.roles.flatMap((role) => migrateRole(resolved, target, role)),
  ]);
  return [{ phase: 'migrate', title: 'migrate the databases', lanes }];
}

function migrateRole(resolved: ResolvedPlan, target: DatabaseTarget, role: string): Step[] {
  const { migrate: migrations } = roleOf(resolved, role);
  const steps = migrations.map((migration, index) => migrationStep(resolved, target, role, migration, index));
  return steps.length === 0 ? [] : [...steps, ...schemaChecks(resolved, role, 'migrate')];
}

/** The id of a role's migration, by its place in the list. */
export function migrationId(role: string, index: number): string {
  return `migrate.${role}.${index}`;
}

function migrationStep(
  resolved: ResolvedPlan,
  target: DatabaseTarget,
  role: string,
  migration: Migration,
  index: number,
): ScriptStep {
  return scriptStep({
    id: migrationId(role, index),
    phase: 'migrate',
    host: migrationHost(resolved, role),
    title: titled(resolved, role, migration.run),
    script: migration.run,
    commands: [migration.run],
    terminal: true,
    answers: resolved.plan.answers,
    repeat: migration.repeat,
    timeLimit: migration['time-limit'],
    databases: [target.key],
  });
}

/** Asks a role's `schema` command whether anything is pending. */
export function schemaChecks(resolved: ResolvedPlan, role: string, phase: 'migrate' | 'verify'): CheckStep[] {
  const { schema, pending, head } = roleOf(resolved, role);
  return schema === undefined || (pending === undefined && head === undefined)
    ? []
    : [
        {
          kind: 'check',
          id: `${phase}.schema.${role}`,
          phase,
          host: migrationHost(resolved, role),
          title: titled(resolved, role, `nothing is pending (${schema})`),
          script: schema,
          commands: [schema],
          judge: (output) => judgeSchema(output, { pending, head }),
          patience: 0,
        },
      ];
}

/** Behind its host, a role of the same name need not be said again. */
function titled(resolved: ResolvedPlan, role: string, what: string): string {
  return migrationHost(resolved, role) === role ? what : `${role}: ${what}`;
}

function hasMigrations(resolved: ResolvedPlan, target: DatabaseTarget): boolean {
  return target.roles.some((role) => roleOf(resolved, role).migrate.length > 0);
}

function roleOf(resolved: ResolvedPlan, name: string): Role {
  const role = resolved.plan.roles[name];
  if (role === undefined) {
    throw new RangeError(`the plan has no role ${name}`);
  }
  return role;
}
