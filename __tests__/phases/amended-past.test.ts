import { describe, expect, it } from '@jest/globals';
import { UpgradeError } from '../../src/domain/errors.ts';
import type { StepState } from '../../src/domain/journal.ts';
import type { PlanStep, Role } from '../../src/domain/plan.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { refuseAmendedPast } from '../../src/phases/amended-past.ts';
import { planText } from '../../src/phases/take-up.ts';
import { aStep } from '../domain/examples.ts';
import { ended, paperJournal } from '../support/paper-journal.ts';
import { aResolved } from '../support/resolved.ts';

const place = { path: '/etc/shop.conf', source: 'shop.conf', owner: 'root', group: 'root', mode: '0644' };
const done: readonly PlanStep[] = [
  aStep({ name: 'mend', run: 'echo mended', env: { A: '1' }, unless: 'false' }),
  aStep({ name: 'clear', script: 'clear.sh' }),
  aStep({ name: 'settings', file: place }),
];

function aPast(steps = done, sources: ResolvedPlan['sources'] = {}): ResolvedPlan {
  const resolved = aResolved({ sources: { 'clear.sh': 'rm', 'shop.conf': 'a = 1\n', ...sources } });
  return { ...resolved, plan: { ...resolved.plan, steps: [...steps] } };
}

/** All three steps are as far as that on host `one`; another version may have worded their scripts otherwise. */
function refusal(now: ResolvedPlan, state: StepState = ended()): UpgradeError | null {
  const ids = [
    'run-steps.mend',
    'run-steps.clear',
    'run-steps.settings',
    'migrate.front.0',
    'migrate.back.0',
  ];
  const journal = paperJournal(...ids.map((id) => ({ host: 'one', id, state })));
  try {
    refuseAmendedPast(journal, planText(aPast()), now);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(UpgradeError);
    return error as UpgradeError;
  }
}

/** The plan with one of its steps written otherwise. */
function amended(name: string, change: Partial<PlanStep>): ResolvedPlan {
  return aPast(done.map((step) => (step.name === name ? { ...step, ...change } : step)));
}

function withRole(name: string, change: Partial<Role>): ResolvedPlan {
  const past = aPast();
  const role = past.plan.roles[name];
  if (role === undefined) {
    throw new Error(`the example has no role ${name}`);
  }
  return { ...past, plan: { ...past.plan, roles: { ...past.plan.roles, [name]: { ...role, ...change } } } };
}

describe('refuseAmendedPast', () => {
  it('lets the same plan pass, however its scripts were worded when they ran', () => {
    expect(refusal(aPast())).toBeNull();
  });

  it.each([
    ['another script', amended('mend', { run: 'echo otherwise' }), 'one: run-steps.mend: text'],
    ['another variable', amended('mend', { env: { A: '2' } }), 'one: run-steps.mend: env'],
    ['another condition', amended('mend', { unless: 'true' }), 'one: run-steps.mend: unless'],
    ['another time', amended('mend', { after: 'migrate' }), 'one: run-steps.mend: after'],
    ['another text of its script', aPast(done, { 'clear.sh': 'rm -r' }), 'one: run-steps.clear: text'],
    ['another text of its file', aPast(done, { 'shop.conf': 'a = 2' }), 'one: run-steps.settings: text'],
    [
      'another place of its file',
      amended('settings', { file: { ...place, mode: '0600' } }),
      'one: run-steps.settings: file',
    ],
    [
      'other hosts',
      amended('mend', { roles: [], hosts: ['two'] }),
      'one: run-steps.mend: the plan has it no',
    ],
    ['no such step', aPast(done.slice(1)), 'one: run-steps.mend: the plan has it no longer'],
    [
      'another migration',
      withRole('back', { migrate: [{ run: 'back other', repeat: 'safe', 'time-limit': 9 }] }),
      'one: migrate.back.0: run',
    ],
    ['no migration', withRole('back', { migrate: [] }), 'one: migrate.back.0: the plan has it no longer'],
  ])('refuses %s in what is done, or runs, and says where', (_what, now, line) => {
    for (const state of [ended(), { kind: 'running' }] as const) {
      const error = refusal(now, state);
      expect(error?.details.output.split('\n')).toEqual([expect.stringContaining(line)]);
      expect(error?.details.next).not.toBe('');
    }
  });

  it('lets a step be mended that has not succeeded', () => {
    for (const state of [ended({ rc: 1 }), { kind: 'died' }, { kind: 'unborn' }] as const) {
      expect(refusal(amended('mend', { run: 'echo otherwise' }), state)).toBeNull();
    }
  });

  it('does not mind what changes nothing of what was done', () => {
    expect(refusal(amended('mend', { 'time-limit': 5, repeat: 'restore-first' }))).toBeNull();
    const inline = aStep({ name: 'clear', run: 'rm' });
    expect(refusal(aPast(done.map((step) => (step.name === 'clear' ? inline : step))))).toBeNull();
    expect(refusal(aPast([...done, aStep({ name: 'new', run: 'echo new' })]))).toBeNull();
  });
});
