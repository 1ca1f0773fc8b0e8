import { describe, expect, it } from '@jest/globals';
import { secretsOf } from '../../src/actions/secrets.ts';
import type { StepPoint } from '../../src/domain/plan.ts';
import type { Phase } from '../../src/domain/step.ts';
import type { Turn } from '../../src/phases/upgrade.ts';
import { aPlan, aRole, aStep } from '../domain/examples.ts';

/** A plan with a secret in two steps and in a health check. */
const plan = aPlan({
  roles: {
    front: aRole({
      services: ['web', 'queue', 'agent'],
      packages: ['shop-common'],
      health: [
        {
          http: 'http://127.0.0.1/',
          header: { Token: { secret: 'HEALTH' }, Plain: 'text' },
          status: 200,
          before: 'same',
          within: 1,
        },
      ],
    }),
  },
  steps: [
    aStep({ name: 'early', after: 'stop', run: 'true', secrets: ['EARLY'] }),
    aStep({ name: 'late', after: 'migrate', run: 'true', secrets: ['LATE', 'BOTH'] }),
    aStep({ name: 'later', after: 'migrate', run: 'true', secrets: ['BOTH'] }),
  ],
});

const ALL = { HEALTH: 'h', EARLY: 'e', LATE: 'l', BOTH: 'b' };

const turn = (phase: Phase, at: StepPoint | null = null): Turn => ({ phase, at });

/** The names that an error says are missing. */
function missing(env: Record<string, string>, part: Turn | null): string[] {
  try {
    secretsOf(plan, env, part);
    return [];
  } catch (error) {
    return (error as Error).message.replace(/^.*: /s, '').split(', ');
  }
}

describe('the secrets of a plan', () => {
  it('are taken from the variables of their names', () => {
    const found = secretsOf(plan, { ...ALL, OTHER: 'not named' }, null);
    expect(Object.fromEntries([...found].map(([name, secret]) => [name, secret.reveal()]))).toEqual(ALL);
    expect(JSON.stringify([...found])).not.toMatch(/"[helb]"/);
  });

  it('are all named that are missing or empty, each once', () => {
    expect(missing({ HEALTH: 'h', EARLY: '' }, null).sort()).toEqual(['BOTH', 'EARLY', 'LATE']);
    expect(() => secretsOf(plan, { ...ALL, LATE: '' }, null)).toThrow(
      /the plan shop-2 needs these environment variables, from secrets of the workflow.*: LATE$/,
    );
  });

  it.each<[Turn, string[]]>([
    [turn('prepare'), ['HEALTH']],
    [turn('stop-services'), []],
    [turn('backup-db', null), []],
    [turn('run-steps', 'prepare'), []],
    [turn('run-steps', 'stop'), ['EARLY']],
    [turn('install-packages'), []],
    [turn('migrate'), []],
    [turn('run-steps', 'migrate'), ['LATE', 'BOTH']],
    [turn('start-services'), ['HEALTH']],
    [turn('verify'), []],
  ])('are needed by their own turn alone: %j', (part, needed) => {
    expect(missing({}, part)).toEqual(needed);
    const given = Object.fromEntries(needed.map((name) => [name, 'given']));
    const values = [...secretsOf(plan, given, part)].map(([name, secret]) => [name, secret.reveal()]);
    // Those of other turns are there, and empty.
    expect(Object.fromEntries(values)).toEqual(
      Object.fromEntries(Object.keys(ALL).map((name) => [name, needed.includes(name) ? 'given' : ''])),
    );
  });

  it('are given to a turn that does not need them as well, where they are set', () => {
    expect(secretsOf(plan, ALL, turn('migrate')).get('LATE')?.reveal()).toBe('l');
  });
});
