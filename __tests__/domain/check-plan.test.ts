import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../src/domain/check-plan.ts';
import { knownNames } from '../../src/domain/known-names.ts';
import type { Plan, PlanStep } from '../../src/domain/plan.ts';
import { formatPath } from '../../src/domain/problem.ts';
import { aPlan, aRole, aStep } from './examples.ts';

function problems(overrides: Partial<Plan>): string[] {
  const plan = aPlan(overrides);
  return checkPlan(plan, knownNames(plan, null)).map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  );
}

const versions = (overrides: Partial<Plan['versions']>) => ({
  versions: { from: {}, to: { 'shop-*': 'any' }, same: [], ...overrides },
});

describe('checkPlan', () => {
  it('finds nothing in a plan that fits', () => {
    expect(problems({})).toEqual([]);
  });

  it('wants every service exactly once in both orders', () => {
    expect(problems({ 'start-order': ['web', 'web', 'agnt'] })).toEqual([
      'start-order[2]: no role has the service "agnt"; did you mean "agent"?',
      'start-order[1]: "web" is named twice',
      'start-order: found no queue, agent, expected every service of every role',
    ]);
    expect(problems({ 'stop-order': ['web', 'queue'] })).toEqual([
      'stop-order: found no agent, expected every service of every role',
    ]);
  });

  it('refuses special services that no role has', () => {
    expect(problems({ services: { wep: {} } })).toEqual([
      'services.wep: no role has the service "wep"; did you mean "web"?',
    ]);
  });

  it('wants a database for migrations, and a schema for its patterns', () => {
    const migrate = [{ run: 'x', repeat: 'safe' as const, 'time-limit': 1 }];
    const alone = { 'start-order': [], 'stop-order': [], services: {}, ...versions({ to: {} }) };
    expect(problems({ ...alone, roles: { r: aRole({ migrate, pending: 'x', head: 'y' }) } })).toEqual([
      'roles.r.migrate: found no database beside it, expected one',
      'roles.r.pending: found no schema beside it, expected one',
      'roles.r.head: found no schema beside it, expected one',
    ]);
  });

  it('wants a rule for every package', () => {
    expect(problems(versions({ to: { 'shop-?????': 'any', 'shop-common': 'any' } }))).toEqual([
      'roles.back.packages[1]: found "shop-back" without a rule in versions.to, expected a range or any',
    ]);
  });

  it('wants a package for every rule', () => {
    expect(
      problems(versions({ from: { 'shop-fornt': '> 1' }, to: { 'shop-*': 'any', 'x-*': 'any' } })),
    ).toEqual([
      'versions.from.shop-fornt: matches no package of any role; did you mean "shop-front"?',
      'versions.to["x-*"]: matches no package of any role',
    ]);
  });

  it('refuses two globs of equal weight that say different things', () => {
    const to = { 'shop-*': 'any', 'shop-fr*': '> 1', '*p-front': '> 2' };
    expect(problems(versions({ to }))).toEqual([
      'versions.to["*p-front"]: as long as "shop-fr*", and both match shop-front: name the package itself',
    ]);
    expect(problems(versions({ to: { ...to, '*p-front': '> 1' } }))).toEqual([]);
  });

  it('knows the packages that must be the same', () => {
    expect(problems(versions({ same: [['shop-common', 'shop-bakc']] }))).toEqual([
      'versions.same[0][1]: no role has the package "shop-bakc"; did you mean "shop-back"?',
    ]);
  });
});

describe('the steps of a plan', () => {
  const step = (overrides: Partial<PlanStep>) => problems({ steps: [aStep({ run: 'true', ...overrides })] });
  const file = { path: '/etc/x', owner: 'root', group: 'root', mode: '0644' };

  it('have names of their own', () => {
    expect(problems({ steps: [aStep({ run: 'true' }), aStep({ run: 'true' })] })).toEqual([
      'steps[1].name: another step is called "a-step"',
    ]);
  });

  it('say where they run', () => {
    expect(step({ roles: [] })).toEqual(['steps[0]: found neither roles nor hosts, expected at least one']);
    expect(step({ roles: ['fornt'] })).toEqual([
      'steps[0].roles[0]: the plan has no role "fornt"; did you mean "front"?',
    ]);
    expect(step({ roles: [], hosts: ['a'], once: true })).toHaveLength(1);
    expect(step({ hosts: ['a'], once: true })).toHaveLength(1);
  });

  it('do one thing', () => {
    expect(step({ script: 'x.sh' })).toEqual([
      'steps[0]: found run and script of run, script and file, expected exactly one',
    ]);
    expect(problems({ steps: [aStep()] })).toEqual([
      'steps[0]: found none of run, script and file, expected exactly one',
    ]);
  });

  it('place a file from one source, as it is', () => {
    expect(problems({ steps: [aStep({ file })] })).toEqual([
      'steps[0].file: found neither of source and content, expected exactly one',
    ]);
    expect(problems({ steps: [aStep({ file: { ...file, source: 'a', content: 'b' } })] })).toHaveLength(1);
    expect(problems({ steps: [aStep({ file: { ...file, source: 'a' }, secrets: ['S'] })] })).toEqual([
      'steps[0].secrets: a file is placed as it is: nothing is put into it',
    ]);
  });

  it('have each variable once', () => {
    expect(step({ env: { TOKEN: 'x' }, secrets: ['TOKEN'] })).toEqual([
      'steps[0].secrets: TOKEN is in env too',
    ]);
  });
});
