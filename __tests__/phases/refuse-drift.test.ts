import { describe, expect, it } from '@jest/globals';
import { approvalOf } from '../../src/domain/approval.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { UpgradeError } from '../../src/domain/errors.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import type { Bond } from '../../src/phases/bond.ts';
import type { ApprovedPlan } from '../../src/phases/context.ts';
import { refuseDrift } from '../../src/phases/refuse-drift.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

const approval = (resolved: ResolvedPlan) =>
  approvalOf(resolved, scopeOf(resolved.plan, resolved.inventory, []));
const AS_APPROVED = approval(aResolved());
const NOW = approval({
  ...aResolved(),
  hosts: {
    ...aResolved().hosts,
    two: aResolvedHost({ running: ['web'], packages: { 'shop-common': '2.1' } }),
  },
});
const DIGEST = digestOf(AS_APPROVED);

function approvedPlan(read: ApprovedPlan['read']): ApprovedPlan {
  return { digest: DIGEST, read };
}

async function failure(
  approved: ApprovedPlan,
  upgrade: string | null = null,
  kept = false,
): Promise<UpgradeError> {
  const error = await refuseDrift(new RecordingLog(), bondTo(approved, kept), NOW, upgrade).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpgradeError);
  return error as UpgradeError;
}

function bondTo(approved: ApprovedPlan | null, kept = false): Bond {
  return { approved, kept, scope: scopeOf(aResolved().plan, aResolved().inventory, []) };
}

describe('refuseDrift', () => {
  it('binds no run that was not bound', async () => {
    await refuseDrift(new RecordingLog(), bondTo(null), NOW, null);
  });

  it('lets the approved plan pass, and does not fetch it', async () => {
    const log = new RecordingLog();
    const approved = approvedPlan(() => Promise.reject(new Error('not needed')));
    await refuseDrift(log, bondTo(approved), AS_APPROVED, null);
    expect(log.lines).toEqual([expect.stringContaining(`this is the plan that was approved: ${DIGEST}`)]);
  });

  it('says what changed since', async () => {
    const { message, details } = await failure(
      approvedPlan(async () => JSON.parse(JSON.stringify(AS_APPROVED))),
    );
    expect(message.split('\n')).toEqual([
      `this is not the plan that was approved: its digest is ${digestOf(NOW)}, approved was ${DIGEST}`,
      'two: the wanted version of shop-back: approved 2.1, now nothing',
      'two: the service queue: approved running, now down',
    ]);
    expect(details).toMatchObject({
      state: 'Nothing was changed.',
      next: expect.stringContaining('approved'),
    });
  });

  it('says where an unfinished upgrade stands', async () => {
    const { details } = await failure(
      approvedPlan(async () => AS_APPROVED),
      'u1',
    );
    expect(details.state).toContain('the hosts are in the middle of the upgrade u1');
    expect(details.next).not.toContain('by hand');
  });

  it('says how to go on by hand where the journal binds', async () => {
    const { details } = await failure(
      approvedPlan(async () => AS_APPROVED),
      'u1',
      true,
    );
    expect(details.next).toContain('By hand, or in a chain: give `prepare` or the whole upgrade the digest');
  });

  it.each<[string, ApprovedPlan['read'], RegExp]>([
    ['cannot be had', () => Promise.reject(new Error('it is gone')), /cannot be shown: it is gone$/],
    [
      'is another one',
      async () => NOW,
      /cannot be shown: the approved plan that was given has another digest/,
    ],
    ['is no plan at all', async () => undefined, /cannot be shown: /],
  ])('refuses all the same when what was approved %s', async (_, read, words) => {
    expect((await failure(approvedPlan(read))).message).toMatch(words);
  });
});
