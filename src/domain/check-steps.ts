import type { KnownNames } from './known-names.ts';
import { suggestion } from './nearest.ts';
import type { Plan, PlanStep } from './plan.ts';
import { type Problem, printable, wrong, wrongKey } from './problem.ts';

/** What is wrong with the steps of a plan, apart from the hosts that they name. */
export function checkSteps(plan: Plan, known: KnownNames): Problem[] {
  return plan.steps.flatMap((step, index) => {
    const at = ['steps', index];
    const earlier = plan.steps.slice(0, index).some(({ name }) => name === step.name);
    return [
      ...(earlier ? [wrong([...at, 'name'], `another step is called ${printable(step.name)}`)] : []),
      ...unknownRoles(step, known).map(([place, message]) => wrong([...at, 'roles', place], message)),
      ...checkWhere(step).map((message) => wrong(at, message)),
      ...checkWhat(step).map((message) => wrong(at, message)),
      ...checkFile(step).map((message) => wrongKey([...at, 'file'], message)),
      ...checkVariables(step).map(([key, message]) => wrongKey([...at, key], message)),
    ];
  });
}

function unknownRoles(step: PlanStep, known: KnownNames): [number, string][] {
  return step.roles.flatMap((role, place): [number, string][] =>
    known.roles.includes(role)
      ? []
      : [[place, `the plan has no role ${printable(role)}${suggestion(role, known.roles)}`]],
  );
}

function checkWhere(step: PlanStep): string[] {
  if (step.roles.length === 0 && step.hosts.length === 0) {
    return ['found neither roles nor hosts, expected at least one'];
  }
  return step.once && (step.roles.length === 0 || step.hosts.length > 0)
    ? ['once means the first host of the roles: expected roles and no hosts']
    : [];
}

function checkWhat(step: PlanStep): string[] {
  const found = (['run', 'script', 'file'] as const).filter((key) => step[key] !== undefined);
  const words = found.length === 0 ? 'none' : found.join(' and ');
  return found.length === 1 ? [] : [`found ${words} of run, script and file, expected exactly one`];
}

function checkFile({ file }: PlanStep): string[] {
  return file !== undefined && (file.source === undefined) === (file.content === undefined)
    ? [`found ${file.source === undefined ? 'neither' : 'both'} of source and content, expected exactly one`]
    : [];
}

function checkVariables(step: PlanStep): ['env' | 'secrets', string][] {
  const shadowed = step.secrets.filter((name) => Object.hasOwn(step.env, name));
  const idle =
    step.file === undefined ? [] : (['env', 'secrets'] as const).filter((key) => size(step[key]) > 0);
  return [
    ...shadowed.map((name): ['secrets', string] => ['secrets', `${name} is in env too`]),
    ...idle.map((key): ['env' | 'secrets', string] => [
      key,
      'a file is placed as it is: nothing is put into it',
    ]),
  ];
}

function size(value: object): number {
  return Object.keys(value).length;
}
