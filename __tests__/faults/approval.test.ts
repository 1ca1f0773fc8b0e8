import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { reviewedBy } from '../../fleet/artifact-service/repository.ts';
import type { JobStep } from '../../fleet/job.ts';
import { until } from '../../fleet/process.ts';
import { alterPackage, hidePackages } from '../../fleet/repository-faults.ts';
import type { Undo } from '../../fleet/undo.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { allSteps, hostsThat } from '../fleet/support/host-journal.ts';
import { LiveRun } from '../fleet/support/live-run.ts';
import { takePicture } from '../fleet/support/picture.ts';
import { planWith } from '../fleet/support/plan-with.ts';
import { expectRefused } from '../fleet/support/refusals.ts';
import { expectOutcome, type Place } from '../fleet/support/run-log.ts';
import { expectTold } from '../fleet/support/told-failure.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

const PLAN = 'bound.yml';
const SCRIPT = 'mark.sh';
const STEPS = `
  - name: mark
    after: prepare
    roles: [pithos]
    script: ${SCRIPT}
    repeat: safe
`;

/** The run whose machine dies, and another one. */
const FIRST = '1001';
const OTHER = '2002';

describe('an upgrade bound to an approved plan', () => {
  const stage = faultStage('compact');
  let digest: string;
  let inputs: Record<string, string>;

  beforeAll(async () => {
    const { repository } = stage.operator.service;
    repository.environments.set('production', [reviewedBy('ann', 'bob')]).set('open', []);
    stage.operator.write(PLAN, planWith(STEPS));
    stage.operator.write(SCRIPT, 'echo marked\n');
    const step = await plan('production');
    expect(step.code).toBe(0);
    digest = step.outputs['plan-digest'] ?? '';
    inputs = boundTo(step);
  }, FAULT_LIMIT);

  function boundTo({ outputs }: JobStep): Record<string, string> {
    return {
      plan: PLAN,
      'plan-digest': outputs['plan-digest'] ?? '',
      'approved-plan': outputs['artifact-id'] ?? '',
      'github-token': stage.operator.service.token,
    };
  }

  /** Plans in the run whose upgrade is to be approved. */
  async function plan(environment: string, gate = 'require'): Promise<JobStep> {
    using job = await stage.operator.connectedJob(FIRST, { plan: PLAN });
    const token = stage.operator.service.token;
    const step = await job.run('plan', { inputs: { environment, gate, 'github-token': token } });
    await job.end();
    // Its report and its plan.json go with the job.
    if (step.outputs.plan !== undefined) {
      const { digest: found, approval } = JSON.parse(readFileSync(step.outputs.plan, 'utf8'));
      expect([found, digestOf(approval)]).toEqual([step.outputs['plan-digest'], found]);
    }
    return step;
  }

  it(
    'is planned behind a gate that holds somebody back, and shows the digest to whoever approves',
    async () => {
      const { service } = stage.operator;
      const step = await plan('production');
      expect(step.outputs).toMatchObject({ outcome: 'planned', 'plan-digest': digest });
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(step.summary).toContain(digest);
      expect(step.log).toContain('waits for one of its 2 reviewers');
      const artifact = service.artifacts().find(({ id }) => String(id) === step.outputs['artifact-id']);
      const days = (Date.parse(artifact?.expiresAt ?? '') - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(30);
    },
    FAULT_LIMIT,
  );

  it(
    'is not planned behind a gate that is open, unless that is accepted',
    async () => {
      const pictured = await takePicture(stage.fleet);
      for (const environment of ['open', 'nowhere']) {
        const step = await plan(environment);
        expect([step.code, step.outputs.outcome, step.outputs['plan-digest']]).toEqual([1, 'refused', '']);
        expect(step.report?.failure?.what).toMatch(/^nobody would have to approve: /);
      }
      const accepted = await plan('open', 'warn');
      expect([accepted.code, accepted.outputs['plan-digest']]).toEqual([0, digest]);
      expect(accepted.report?.notes[0]).toContain('has no required reviewers');
      expect(await takePicture(stage.fleet)).toEqual(pictured);
    },
    FAULT_LIMIT,
  );

  it(
    'is refused with what changed since, and touches nothing',
    async () => {
      const { fleet, operator } = stage;
      const edited = (tree: string) => writeFileSync(join(tree, 'usr', 'share', 'note'), 'another content');
      const cases: readonly [string, () => Promise<Undo>, RegExp][] = [
        [
          'a service went down',
          () => stopped('node2', 'snf-ganeti-eventd'),
          /^node2: the service snf-ganeti-eventd: approved running, now down$/m,
        ],
        [
          'another version is on offer',
          () => hidePackages(fleet, /_0\.16\.2-1_/),
          /^node1: the package snf-common:all: approved \S+ -> 0\.16\.2-1 \(SHA-256 \w+\), now \S+ -> 0\.16~rc1-1 \(SHA-256 \w+\)$/m,
        ],
        [
          'another file has come under the same version',
          () => alterPackage(fleet, 'snf-pithos-webclient', '0.16.2-1', edited),
          /^node2: the package snf-pithos-webclient:all: approved (\S+ -> 0\.16\.2-1) \(SHA-256 \w+\), now \1 \(SHA-256 \w+\)$/m,
        ],
        [
          'a script was edited',
          async () => {
            operator.write(SCRIPT, 'echo something else\n');
            return async () => void operator.write(SCRIPT, 'echo marked\n');
          },
          /^the step mark: its text \(SHA-256\): approved \w+, now \w+$/m,
        ],
      ];
      for (const [, make, line] of cases) {
        await expectRefused(stage, {
          make,
          request: { inputs, runId: FIRST },
          what: /this is not the plan that was approved/,
          host: null,
          next: /let that plan be approved/,
          also: ({ report }) => expect(report?.failure?.what).toMatch(line),
        });
      }
    },
    FAULT_LIMIT,
  );

  it(
    'is refused with another limit, and where nobody can show what was approved',
    async () => {
      const refused = { what: /this is not the plan that was approved/, host: null, next: /approved/ };
      const limited = { ...inputs, limit: 'node1, node2' };
      await expectRefused(stage, {
        ...refused,
        request: { inputs: limited, runId: FIRST },
        also: ({ report }) => expect(report?.failure?.what).toContain('limit: approved nothing, now '),
      });
      await expectRefused(stage, {
        ...refused,
        // The artifacts of another run are not to be had.
        request: { inputs: { ...limited, 'approved-plan': '1' }, runId: OTHER },
        also: ({ report }) => expect(report?.failure?.what).toContain('What changed since cannot be shown: '),
      });
    },
    FAULT_LIMIT,
  );

  it(
    'is refused by prepare too, where a chain of actions begins',
    async () => {
      const pictured = await takePicture(stage.fleet);
      const step = await part('prepare', { ...given(inputs), 'plan-digest': '0'.repeat(64) });
      expect([step.code, step.outputs.outcome, step.outputs['upgrade-id']]).toEqual([1, 'refused', '']);
      expect(step.report?.failure?.what).toContain('the approved plan that was given has another digest');
      expect(await takePicture(stage.fleet)).toEqual(pictured);
    },
    FAULT_LIMIT,
  );

  it(
    'binds what comes after prepare, in other jobs and by hand, until another plan is approved',
    async () => {
      const { fleet, operator } = stage;
      expect(await part('prepare', given(inputs))).toMatchObject({ code: 0, outputs: { outcome: 'done' } });
      operator.write(SCRIPT, 'echo something else\n');
      const pictured = await takePicture(fleet);
      const byHand = await operator.upgrade({ inputs: { plan: PLAN }, runId: FIRST });
      for (const { report } of [await part('stop-services'), byHand]) {
        expect(report?.outcome).toBe('refused');
        expect(report?.failure?.what).toMatch(
          /^the step mark: its text \(SHA-256\): approved \w+, now \w+$/m,
        );
        expect(report?.failure?.next).toContain('By hand, or in a chain');
      }
      expect(await takePicture(fleet)).toEqual(pictured);

      const anew = await plan('production');
      expect(anew.outputs['plan-digest']).not.toBe(digest);
      expect((await part('prepare', given(boundTo(anew)))).code).toBe(0);
      const passed = await part('stop-services', { 'dry-run': 'true' });
      expect(passed.report).toMatchObject({ outcome: 'planned', digest: anew.outputs['plan-digest'] });

      operator.write(SCRIPT, 'echo marked\n');
      expect((await part('stop-services', { 'dry-run': 'true' })).report?.outcome).toBe('refused');
      expect((await part('prepare', given(inputs))).code).toBe(0);
    },
    FAULT_LIMIT,
  );

  /** What `prepare` takes of this: the plan is that of its job. */
  function given({ plan: _connected, ...bound }: Record<string, string>): Record<string, string> {
    return bound;
  }

  /** One part of a chain, in a job of its own. */
  async function part(action: string, own: Record<string, string> = {}): Promise<JobStep> {
    using job = await stage.operator.connectedJob(FIRST, { plan: PLAN });
    const step = await job.run(action, { inputs: own });
    await job.end();
    return step;
  }

  it(
    'dies, and is the approved one in the next attempt and in another run, once its own is over',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      const { runs } = operator.service.repository;
      await killed({ group: 'stop-services: stop the services', words: 'stop gunicorn' });
      await killed({ group: 'install-packages: install the packages', words: 'Unpacking snf-common' });
      await stepsHaveEnded();

      runs.set(FIRST, 'in_progress');
      const steps = await allSteps(fleet);
      const early = await operator.upgrade({ inputs, runId: OTHER });
      expectTold(early, {
        outcome: 'refused',
        host: 'node1',
        what: new RegExp(`the lock is held by run ${FIRST} of example/cloud`),
        state: /Nothing was changed by this run/,
        next: /Wait until that run is over/,
      });
      expect(early.report?.failure?.what).toContain(
        'It is not taken over: that run is alive: it is in_progress.',
      );
      expect(await allSteps(fleet)).toEqual(steps);

      runs.set(FIRST, 'completed');
      const last = await operator.upgrade({ inputs, runId: OTHER });
      expectOutcome(last, 'finished');
      expect(last.code).toBe(0);
      expect(last.outputs['plan-digest']).toBe(digest);
      expect(last.log).toContain(`this is the plan that was approved: ${digest}`);
      expect(last.log).toContain(`taking over the lock of run ${FIRST} of example/cloud`);
      await expectUpgraded(fleet, before);

      // Nothing is left to approve.
      const again = await operator.upgrade({ inputs, runId: OTHER });
      expectOutcome(again, 'unchanged');
      expect(await hostsThat(fleet, 'locked')).toEqual([]);
    },
    FAULT_LIMIT,
  );

  /** The machine of the bound run dies: nobody runs its `post`. */
  async function killed(place: Place): Promise<void> {
    const live = new LiveRun(stage.operator, { inputs, runId: FIRST, post: false });
    await live.reached(place);
    live.kill('SIGKILL');
    const { signal, log } = await live.ended;
    expect([signal, log.includes(`this is the plan that was approved: ${digest}`)]).toEqual([
      'SIGKILL',
      true,
    ]);
  }

  async function stepsHaveEnded(): Promise<void> {
    await until('every step has ended', 120, async () =>
      (await allSteps(stage.fleet)).every((step) => !step.endsWith(' open')),
    );
  }

  async function stopped(host: string, service: string): Promise<Undo> {
    await printed(stage.fleet, host, `service ${service} stop`);
    return async () => {
      await printed(stage.fleet, host, `service ${service} start`);
    };
  }
});
