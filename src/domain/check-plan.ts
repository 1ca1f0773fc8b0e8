import { checkSteps } from './check-steps.ts';
import { globMatches, isGlob } from './glob.ts';
import type { KnownNames } from './known-names.ts';
import { suggestion } from './nearest.ts';
import { type Plan, packagesOf, servicesOf } from './plan.ts';
import { type KeyPath, type Problem, printable, wrong, wrongKey } from './problem.ts';
import { rulesFor } from './version-range.ts';

/** What no single value of a plan shows: how its parts fit each other. */
export function checkPlan(plan: Plan, known: KnownNames): Problem[] {
  return [
    ...checkOrder(plan, 'start-order', known),
    // An order that was left out is the very list of the other one, and its mistakes are there.
    ...(plan['stop-order'] === plan['start-order'] ? [] : checkOrder(plan, 'stop-order', known)),
    ...Object.keys(plan.services).flatMap((name) =>
      unknown('service', name, known.services, ['services', name], true),
    ),
    ...checkRoles(plan),
    ...checkRules(plan, known),
    ...checkSame(plan, known),
    ...checkSteps(plan, known),
  ];
}

function unknown(
  kind: string,
  name: string,
  names: readonly string[],
  path: KeyPath,
  key = false,
): Problem[] {
  const message = `no role has the ${kind} ${printable(name)}${suggestion(name, names)}`;
  return names.includes(name) ? [] : [(key ? wrongKey : wrong)(path, message)];
}

function checkOrder(plan: Plan, key: 'start-order' | 'stop-order', known: KnownNames): Problem[] {
  const order = plan[key];
  const strange = order.flatMap((name, index) => unknown('service', name, known.services, [key, index]));
  const twice = order.flatMap((name, index) =>
    order.indexOf(name) < index ? [wrong([key, index], `${printable(name)} is named twice`)] : [],
  );
  const missing = servicesOf(plan).filter((name) => !order.includes(name));
  const message = `found no ${missing.join(', ')}, expected every service of every role`;
  return [...strange, ...twice, ...(missing.length > 0 ? [wrongKey([key], message)] : [])];
}

function checkRoles(plan: Plan): Problem[] {
  return Object.entries(plan.roles).flatMap(([name, role]) => {
    const needs = (key: 'migrate' | 'pending' | 'head', needed: 'database' | 'schema', present: boolean) =>
      present && role[needed] === undefined
        ? [wrongKey(['roles', name, key], `found no ${needed} beside it, expected one`)]
        : [];
    return [
      ...needs('migrate', 'database', role.migrate.length > 0),
      ...needs('pending', 'schema', role.pending !== undefined),
      ...needs('head', 'schema', role.head !== undefined),
    ];
  });
}

/** Every package has one rule, and every rule has a package: a misspelt name would hand its package to a glob. */
function checkRules(plan: Plan, known: KnownNames): Problem[] {
  const idle = (['from', 'to'] as const).flatMap((side) =>
    Object.keys(plan.versions[side])
      .filter((pattern) => !known.packages.some((name) => globMatches(pattern, name)))
      .map((pattern) => {
        const hint = isGlob(pattern) ? '' : suggestion(pattern, known.packages);
        return wrongKey(['versions', side, pattern], `matches no package of any role${hint}`);
      }),
  );
  return [...idle, ...packagesOf(plan).flatMap((name) => checkPackage(plan, name))];
}

function checkPackage(plan: Plan, name: string): Problem[] {
  const rules = rulesFor(plan.versions.to, name);
  if (rules.length === 0) {
    const [role, packages] = firstToName(plan, name);
    const path = ['roles', role, 'packages', packages.indexOf(name)];
    return [wrong(path, `found ${printable(name)} without a rule in versions.to, expected a range or any`)];
  }
  return (['from', 'to'] as const).flatMap((side) => checkTie(plan, side, name));
}

function firstToName(plan: Plan, name: string): [string, readonly string[]] {
  const roles = Object.entries(plan.roles).map(([role, { packages }]): [string, readonly string[]] => [
    role,
    packages,
  ]);
  return roles.find(([, packages]) => packages.includes(name)) ?? ['', []];
}

function checkTie(plan: Plan, side: 'from' | 'to', name: string): Problem[] {
  const [first, second] = rulesFor(plan.versions[side], name);
  return first !== undefined && second !== undefined && first.range !== second.range
    ? [
        wrongKey(
          ['versions', side, second.pattern],
          `as long as ${printable(first.pattern)}, and both match ${name}: name the package itself`,
        ),
      ]
    : [];
}

function checkSame(plan: Plan, known: KnownNames): Problem[] {
  return plan.versions.same.flatMap((group, index) =>
    group.flatMap((name, place) =>
      unknown('package', name, known.packages, ['versions', 'same', index, place]),
    ),
  );
}
