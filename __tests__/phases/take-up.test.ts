import { describe, expect, it } from '@jest/globals';
import { UpgradeError } from '../../src/domain/errors.ts';
import { amendments, planText, takeUp } from '../../src/phases/take-up.ts';
import { aStep } from '../domain/examples.ts';
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
