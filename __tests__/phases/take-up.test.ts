import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { UpgradeError } from '../../src/domain/errors.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { runSteps } from '../../src/phases/run-steps.ts';
import { amendments, planText, refuseAmendedPast, takeUp } from '../../src/phases/take-up.ts';
import { aStep } from '../domain/examples.ts';
import { ended, type PaperStep, paperJournal } from '../support/paper-journal.ts';
import { aResolved } from '../support/resolved.ts';

const begun = aResolved();

function failureOf(work: () => unknown): UpgradeError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UpgradeError);
    return error as UpgradeError;
  }
  throw new Error('it was accepted');
}

describe('takeUp', () => {
  it('goes on with the versions and services that were found at the beginning', () => {
    const { plan, inventory, sources } = begun;
    expect(takeUp('u1', planText(begun), { plan, inventory, sources })).toEqual(begun);
  });

  it('takes amended steps, answers and orders', () => {
    const plan = { ...begun.plan, steps: [aStep({ run: 'mended' })], answers: [{ prompt: 'a?', say: 'b' }] };
    const resolved = takeUp('u1', planText(begun), { ...begun, plan, sources: { 'a.sh': 'new' } });
    expect(resolved.plan).toEqual(plan);
    expect(resolved.sources).toEqual({ 'a.sh': 'new' });
    expect(resolved.hosts).toEqual(begun.hosts);
  });

  it('refuses another plan, and names what differs', () => {
    const plan = { ...begun.plan, versions: { ...begun.plan.versions, to: { 'shop-*': '>= 3' } } };
    const error = failureOf(() => takeUp('u1', planText(begun), { ...begun, plan }));
    expect(error.message).toContain('the upgrade u1 is unfinished');
    expect(error.details.output).toBe('plan.versions.to.shop-*: ">= 2, < 3~" -> ">= 3"');
    expect(error.details.next).not.toBe('');
  });

  it('refuses another inventory: other hosts, and the same ones in another order', () => {
    const { one, two, three } = begun.inventory.hosts;
    if (one === undefined || two === undefined || three === undefined) {
      throw new Error('the example has three hosts');
    }
    const inventories = [
      { ...begun.inventory, hosts: { one, two } },
      { ...begun.inventory, hosts: { one: { ...one, roles: [] }, two, three } },
      // The first host of a role migrates, and the first of all says whether an upgrade is unfinished.
      { ...begun.inventory, hosts: { two, one, three } },
    ];
    for (const inventory of inventories) {
      const error = failureOf(() => takeUp('u1', planText(begun), { ...begun, inventory }));
      expect(error.details.output).toMatch(/^inventory\.hosts/);
    }
  });

  it('refuses other packages, services and databases of a role', () => {
    const { front } = begun.plan.roles;
    if (front === undefined) {
      throw new Error('the example has a role front');
    }
    for (const change of [{ packages: ['shop-front'] }, { services: [] }, { database: 'back' }]) {
      const roles = { ...begun.plan.roles, front: { ...front, ...change } };
      const error = failureOf(() =>
        takeUp('u1', planText(begun), { ...begun, plan: { ...begun.plan, roles } }),
      );
      expect(error.details.output).toMatch(/^packages\.front/);
    }
  });
});

describe('amendments', () => {
  it('is empty for the same plan', () => {
    expect(amendments(planText(begun), begun)).toEqual([]);
  });

  it('shows each difference with both its sides', () => {
    const now = { ...begun, plan: { ...begun.plan, answers: [{ prompt: 'a?', say: 'b' }] } };
    expect(amendments(planText(begun), now)).toEqual([
      'plan.answers.0: nothing -> {"prompt":"a?","say":"b"}',
    ]);
  });
});

describe('refuseAmendedPast', () => {
  const resolved: ResolvedPlan = {
    ...begun,
    plan: { ...begun.plan, steps: [aStep({ name: 'mend', run: 'echo now' })] },
  };
  const stages = runSteps(resolved, 'install', new Map());
  const past = (script: string, overrides: Partial<PaperStep> = {}): PaperStep => ({
    host: 'one',
    id: 'run-steps.mend',
    state: ended(),
    scriptSha256: createHash('sha256').update(script).digest('hex'),
    ...overrides,
  });

  it('lets the same script pass', () => {
    expect(() => refuseAmendedPast(paperJournal(past('echo now')), stages)).not.toThrow();
  });

  it('refuses another script for a step that is done, and names it', () => {
    const error = failureOf(() => refuseAmendedPast(paperJournal(past('echo then')), stages));
    expect(error.details.output).toBe('one: run-steps.mend');
  });

  it('refuses a plan that has lost a step that is done', () => {
    const gone = past('echo now', { id: 'run-steps.gone' });
    expect(failureOf(() => refuseAmendedPast(paperJournal(gone), stages)).details.output).toBe(
      'one: run-steps.gone',
    );
  });

  it('lets a step be mended that has not succeeded', () => {
    for (const state of [ended({ rc: 1 }), { kind: 'died' }, { kind: 'unborn' }] as const) {
      expect(() => refuseAmendedPast(paperJournal(past('echo then', { state })), stages)).not.toThrow();
    }
  });

  it("does not mind the suite's own steps, whose scripts another version writes otherwise", () => {
    const apt = past('apt-get', { id: 'install-packages.apt' });
    expect(() => refuseAmendedPast(paperJournal(apt), stages)).not.toThrow();
  });
});
