import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { type Approval, approvalOf } from '../../src/domain/approval.ts';
import { canonicalText, digestOf } from '../../src/domain/canonical.ts';
import type { Report } from '../../src/domain/report.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { parseTransaction } from '../../src/domain/transaction.ts';
import type { ApprovedPlan } from '../../src/phases/context.ts';
import { planText } from '../../src/phases/take-up.ts';
import { aStep } from '../domain/examples.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';
import { dryRunRecorded, recordedUpgrade } from '../support/recorded-upgrade.ts';
import { aResolvedHost } from '../support/resolved.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

/** What apt says of one version. */
function simulation(version: string, sha256: string | null): string {
  const hash = sha256 === null ? '' : `SHA256: ${sha256}\n`;
  const record = `Package: snf-common\nVersion: ${version}\nArchitecture: all\n${hash}`;
  return `Inst snf-common [0.15.2-1] (${version} fleet [all])\n\n${record}`;
}

/** Plans, and has what somebody could approve. */
async function planned(
  hosts: MovedHosts,
  upgrade: ResolvedPlan,
  said: string,
): Promise<{ report: Report; approved: ApprovedPlan }> {
  const found: Approval[] = [];
  const report = await dryRunRecorded(hosts, upgrade, {
    simulation: said,
    proposes: true,
    onApprovable: (approval) => found.push(approval),
  });
  const document = JSON.parse(JSON.stringify(found[0] ?? null));
  return { report, approved: { digest: report.digest ?? '', read: async () => document } };
}

/** One whose apt failed on an earlier version. */
async function failedInApt(hosts: MovedHosts, upgrade: ResolvedPlan): Promise<ResolvedPlan> {
  const begun = {
    ...upgrade,
    hosts: {
      one: aResolvedHost({
        running: ['gunicorn'],
        packages: { 'snf-common': '0.16~rc1-1' },
        transaction: parseTransaction(simulation('0.16~rc1-1', A)),
      }),
    },
  };
  const { upgrade: id } = await openJournal(hosts, 'u1', planText(begun));
  const step = join(hosts.host('one').root, 'upgrades', id, 'steps', 'install-packages.apt');
  await mkdir(step, { recursive: true });
  for (const [name, text] of [
    ['epoch', '1'],
    ['rc', '100'],
    ['started', '1'],
    ['ended', '2'],
  ] as const) {
    await writeFile(join(step, name), `${text}\n`);
  }
  return begun;
}

/** As a run does that was given its digest. */
async function keepApproval(hosts: MovedHosts, approval: Approval): Promise<void> {
  const record = join(hosts.host('one').root, 'upgrades', 'u1', 'records', 'approval.json');
  await writeFile(record, canonicalText(approval));
}

describe('a new upgrade', () => {
  it('goes on when it would do what was approved', async () => {
    await using hosts = await movedHosts('one');
    const said = simulation('0.16.2-1', A);
    const { report, approved } = await planned(hosts, recordedUpgrade(), said);
    expect(report).toMatchObject({ outcome: 'planned', notes: [] });
    expect(report.digest).toBe(digestOf(await approved.read()));
    const again = await dryRunRecorded(hosts, recordedUpgrade(), { simulation: said, approved });
    expect([again.outcome, again.digest]).toEqual(['planned', report.digest]);
    expect(hosts.log.lines.join('\n')).toContain(`this is the plan that was approved: ${report.digest}`);
  });

  it('is refused when another file has come under the same version', async () => {
    await using hosts = await movedHosts('one');
    const { approved } = await planned(hosts, recordedUpgrade(), simulation('0.16.2-1', A));
    const now = await dryRunRecorded(hosts, recordedUpgrade(), {
      simulation: simulation('0.16.2-1', B),
      approved,
    });
    expect(now.outcome).toBe('refused');
    expect(now.failure?.what).toContain(
      `one: the package snf-common:all: approved 0.15.2-1 -> 0.16.2-1 (SHA-256 ${A.slice(0, 16)}), now 0.15.2-1 -> 0.16.2-1 (SHA-256 ${B.slice(0, 16)})`,
    );
  });

  it('notes a package whose content nobody can approve', async () => {
    await using hosts = await movedHosts('one');
    const { report } = await planned(hosts, recordedUpgrade(), simulation('0.16.2-1', null));
    expect(report.notes).toEqual([
      expect.stringMatching(/^one: the package list that has snf-common 0\.16\.2-1/),
    ]);
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('an unfinished upgrade whose apt failed', () => {
  it('is tried again as it was approved, whatever is on offer and the host is like by now', async () => {
    await using hosts = await movedHosts('one');
    const begun = await failedInApt(hosts, recordedUpgrade());
    const approval = approvalOf(begun, scopeOf(begun.plan, begun.inventory, []));
    const approved = { digest: digestOf(approval), read: async () => approval };
    const report = await dryRunRecorded(hosts, recordedUpgrade(), {
      simulation: simulation('0.16.2-1', B),
      approved,
    });
    expect(report).toMatchObject({ outcome: 'planned', upgrade: 'u1', digest: approved.digest });
    expect(report.versions).toMatchObject([{ to: '0.16~rc1-1' }]);
    expect(report.notes).toEqual([expect.stringMatching(/^one: apt failed in an earlier run/)]);
  });

  it('is bound by the approval in its journal where a run is given no digest', async () => {
    await using hosts = await movedHosts('one');
    const begun = await failedInApt(hosts, recordedUpgrade());
    const approval = approvalOf(begun, scopeOf(begun.plan, begun.inventory, []));
    await keepApproval(hosts, approval);
    const said = simulation('0.16.2-1', B);
    const later = { simulation: said, turn: { phase: 'install-packages', at: null } } as const;
    for (const run of [later, { simulation: said }]) {
      const report = await dryRunRecorded(hosts, recordedUpgrade(), run);
      expect(report).toMatchObject({ outcome: 'planned', digest: digestOf(approval) });
      expect(report.versions).toMatchObject([{ to: '0.16~rc1-1' }]);
      expect(report.notes).toEqual([expect.stringMatching(/^one: apt failed in an earlier run/)]);
    }

    const steps = [aStep({ name: 'mend', run: 'echo mended' })];
    const amended = { ...recordedUpgrade(), plan: { ...recordedUpgrade().plan, steps } };
    for (const run of [later, { simulation: said }]) {
      const refused = await dryRunRecorded(hosts, amended, run);
      expect(refused.outcome).toBe('refused');
      expect(refused.failure?.what).toContain('the order of steps: approved nothing, now mend');
      expect(refused.failure?.next).toContain('By hand');
    }
    // A plan is made of what is there now, and may be approved.
    const { report, approved } = await planned(hosts, amended, said);
    expect(report.versions).toMatchObject([{ to: '0.16.2-1' }]);
    expect((await dryRunRecorded(hosts, amended, { simulation: said, approved })).outcome).toBe('planned');
  });

  it('takes repaired packages once a plan that has them is approved', async () => {
    await using hosts = await movedHosts('one');
    await failedInApt(hosts, recordedUpgrade());
    const said = simulation('0.16.2-1', B);
    const { report, approved } = await planned(hosts, recordedUpgrade(), said);
    expect(report.versions).toMatchObject([{ to: '0.16.2-1' }]);
    const bound = await dryRunRecorded(hosts, recordedUpgrade(), { simulation: said, approved });
    expect(bound).toMatchObject({ outcome: 'planned', digest: report.digest });
  });

  it('is tried again as it was planned where nobody knows what is on offer', async () => {
    await using hosts = await movedHosts('one');
    await failedInApt(hosts, recordedUpgrade());
    const report = await dryRunRecorded(hosts, recordedUpgrade(), { unread: 'connection refused' });
    expect(report).toMatchObject({ outcome: 'planned', upgrade: 'u1' });
    expect(report.versions).toMatchObject([{ to: '0.16~rc1-1' }]);
    expect(report.notes).toEqual([
      'nothing newer is known to be on offer, and the planned versions are tried again: one: its package lists cannot be read:\nconnection refused',
    ]);
  });

  it.each([
    [
      'may not do with it what the plan forbids',
      { simulation: 'Remv other [1]\n\n' },
      'other 1 would be removed',
    ],
    ['cannot install it', { fails: 'simulate the install' }, 'it does not want to'],
  ])('is tried again as it was planned where apt %s', async (_, answers, why) => {
    await using hosts = await movedHosts('one');
    await failedInApt(hosts, recordedUpgrade());
    const report = await dryRunRecorded(hosts, recordedUpgrade(), { ...answers, proposes: true });
    expect(report).toMatchObject({ outcome: 'planned', upgrade: 'u1' });
    expect(report.versions).toMatchObject([{ to: '0.16~rc1-1' }]);
    expect(report.notes).toEqual([
      expect.stringContaining('one: newer packages are on offer and not taken: '),
    ]);
    expect(report.notes[0]).toContain(why);
  });

  it('stays unfinished where its approval cannot be kept', async () => {
    await using hosts = await movedHosts('one');
    const begun = await failedInApt(hosts, recordedUpgrade());
    const approval = approvalOf(begun, scopeOf(begun.plan, begun.inventory, []));
    const report = await dryRunRecorded(hosts, recordedUpgrade(), {
      dryRun: false,
      approved: { digest: digestOf(approval), read: async () => approval },
      fails: 'record approval.json',
    });
    expect(report).toMatchObject({ outcome: 'unfinished', upgrade: 'u1' });
    expect(report.failure).toMatchObject({ host: 'one', command: 'record approval.json' });
  });

  it('is refused with an amended step, until that is approved', async () => {
    await using hosts = await movedHosts('one');
    const upgrade = recordedUpgrade();
    await failedInApt(hosts, upgrade);
    const said = simulation('0.16.2-1', B);
    const { approved } = await planned(hosts, upgrade, said);
    const steps = [aStep({ name: 'mend', run: 'echo mended' })];
    const amended = { ...upgrade, plan: { ...upgrade.plan, steps } };
    const refused = await dryRunRecorded(hosts, amended, { simulation: said, approved });
    expect(refused.outcome).toBe('refused');
    expect(refused.failure?.what).toContain('the order of steps: approved nothing, now mend');
    expect(refused.failure?.state).toContain('in the middle of the upgrade u1');
    const anew = await planned(hosts, amended, said);
    expect(await dryRunRecorded(hosts, amended, { simulation: said, approved: anew.approved })).toMatchObject(
      {
        outcome: 'planned',
      },
    );
  });
});
