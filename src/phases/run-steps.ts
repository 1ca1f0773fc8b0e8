import { placeFile } from '../commands/place-file.ts';
import { databaseOf, hostsOfStep, rolesOf } from '../domain/inventory.ts';
import type { PlanStep, StepPoint } from '../domain/plan.ts';
import { type ResolvedPlan, textOf } from '../domain/resolved.ts';
import type { ScriptStep, Stage } from '../domain/step.ts';
import { sh } from '../shell/quote.ts';
import type { Secret } from '../shell/secret.ts';
import type { Secrets } from './health.ts';
import { scriptStep } from './steps.ts';

/** The plan's own steps of one point, one after the other in the plan's order, each on all its hosts at once. */
export function runSteps(resolved: ResolvedPlan, after: StepPoint, secrets: Secrets): Stage[] {
  return resolved.plan.steps
    .filter((step) => step.after === after)
    .map((step) => ({
      phase: 'run-steps',
      title: step.name,
      lanes: hostsOfStep(resolved.inventory, step).map((host) => [planStep(resolved, step, host, secrets)]),
    }));
}

/** The id of a plan's own step, by its name. */
export function planStepId({ name }: PlanStep): string {
  return `run-steps.${name}`;
}

function planStep(resolved: ResolvedPlan, step: PlanStep, host: string, secrets: Secrets): ScriptStep {
  return scriptStep({
    id: planStepId(step),
    phase: 'run-steps',
    host,
    title: step.name,
    script: `${unless(step)}${scriptOf(resolved, step)}`,
    commands: commandsOf(resolved, step),
    env: { ...step.env, ...pick(step.secrets, secrets) },
    terminal: true,
    answers: resolved.plan.answers,
    repeat: step.repeat,
    timeLimit: step['time-limit'],
    databases: databasesOfStep(resolved, step, host),
  });
}

function unless({ unless: command }: PlanStep): string {
  return command === undefined
    ? ''
    : `${sh`if bash -c ${command} </dev/null; then echo 'nothing to do here'; exit 0; fi`.text}\n`;
}

function scriptOf(resolved: ResolvedPlan, step: PlanStep): string {
  const text = textOf(resolved, step);
  return step.file === undefined ? text : placeFile(step.file, text).text;
}

function commandsOf(resolved: ResolvedPlan, step: PlanStep): string[] {
  const skipped = step.unless?.trimEnd().split('\n') ?? [];
  return [
    ...(skipped.length === 0
      ? []
      : ['# Only where this does not end 0:', ...skipped.map((line) => `#   ${line}`)]),
    ...workOf(resolved, step),
  ];
}

function workOf(resolved: ResolvedPlan, step: PlanStep): string[] {
  if (step.file !== undefined) {
    const { path, owner, group, mode } = step.file;
    return [`place ${path} (${owner}:${group} ${mode})`];
  }
  return textOf(resolved, step).trimEnd().split('\n');
}

function pick(names: readonly string[], secrets: Secrets): Record<string, Secret> {
  return Object.fromEntries(
    names.map((name) => {
      const secret = secrets.get(name);
      if (secret === undefined) {
        throw new RangeError(`the secret ${name} was not given`);
      }
      return [name, secret];
    }),
  );
}

/** Those of the host's roles for which it runs there. */
function databasesOfStep({ plan, inventory }: ResolvedPlan, step: PlanStep, host: string): string[] {
  const keys = rolesOf(inventory, host)
    .filter((role) => step.roles.includes(role))
    .map((role) => plan.roles[role]?.database)
    .filter((key) => key !== undefined);
  return [...new Set(keys.map((key) => databaseOf(inventory, key).key))];
}
