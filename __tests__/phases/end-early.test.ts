import { describe, expect, it, jest } from '@jest/globals';
import { readReport } from '../../fleet/published-report.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import type { ScriptStep, Stage } from '../../src/domain/step.ts';
import type { Dumps } from '../../src/executor/dumps.ts';
import { Executor } from '../../src/executor/executor.ts';
import { readJournals } from '../../src/executor/journal.ts';
import type { UpgradeContext } from '../../src/phases/context.ts';
import { endEarly } from '../../src/phases/end-early.ts';
import { Findings } from '../../src/phases/findings.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { anOwner, type MovedHosts, movedHosts, NOBODY_GONE, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** Two hosts, a database, and no service: what would be started again are services of this very machine. */
const plan = aPlan({ roles: { front: aRole({ database: 'front' }) }, 'start-order': [], 'stop-order': [] });
const inventory = anInventory({
  hosts: { one: aHost({ roles: ['front'] }), two: aHost() },
  databases: { front: { engine: 'postgresql', name: 'shop', on: 'two', port: 5432 } },
});
const files = { plan, inventory, sources: {} };

interface Ran {
  readonly steps?: readonly ScriptStep[];
  readonly dumped?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs steps, fails, and brings the run to its end. */
async function ended(hosts: MovedHosts, { steps = [], dumped = false, signal }: Ran): Promise<Findings> {
  const runner = signal === undefined ? hosts.runner : { ...hosts.runner, signal };
  const journal = await openJournal(hosts);
  const stages: Stage[] = steps.map((step) => ({ phase: step.phase, title: step.title, lanes: [[step]] }));
  await new Executor(hosts.runner, journal).run(stages).catch(() => undefined);
  const findings = new Findings(runner, files);
  findings.looked({ schema: 1, ...files, hosts: {}, irreversible: [] }, new Map());
  const dumps = {
    first: () => (dumped ? { state: { heads: {} } } : undefined),
    reported: () => [],
    globals: () => [],
  };
  findings.began(journal, dumps as unknown as Dumps, stages);
  const context: UpgradeContext = {
    runner,
    files,
    secrets: new Map(),
    owner: anOwner(),
    takeover: NOBODY_GONE,
    dumps: undefined as never,
    dryRun: false,
    showsFiles: true,
    turn: null,
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
    approved: null,
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => undefined,
    onLocked: () => undefined,
  };
  await endEarly(context, findings, new Error('it went wrong'));
  readReport(JSON.stringify(findings.report()));
  return findings;
}

async function left({ runner }: MovedHosts): Promise<{ current: unknown; locks: unknown }> {
  const journals = [...(await readJournals(runner)).values()];
  return { current: journals[0]?.current, locks: journals.map(({ lock }) => lock?.id ?? null) };
}

function failing(more: Partial<ScriptStep> = {}): ScriptStep {
  return scriptStep({
    id: 'run-steps.mine',
    phase: 'run-steps',
    host: 'one',
    title: 'mine',
    script: 'exit 3',
    repeat: 'restore-first',
    databases: ['front'],
    ...more,
  });
}

describe('endEarly', () => {
  it('abandons an upgrade that touched nothing, and gives the lock back', async () => {
    await using hosts = await movedHosts('one', 'two');
    const report = (await ended(hosts, {})).report();
    expect(report).toMatchObject({ outcome: 'abandoned', failure: { what: 'it went wrong' } });
    expect(await left(hosts)).toEqual({ current: null, locks: [null, null] });
  });

  it('abandons one whose own step failed before there was a dump', async () => {
    await using hosts = await movedHosts('one', 'two');
    expect((await ended(hosts, { steps: [failing()] })).report().outcome).toBe('abandoned');
  });

  it('leaves one unfinished whose step may have changed a dumped database, and says what to restore', async () => {
    await using hosts = await movedHosts('one', 'two');
    const report = (await ended(hosts, { steps: [failing()], dumped: true })).report();
    expect(report.outcome).toBe('unfinished');
    expect(report.failure?.next).toContain('Restore shop on two from the dump of before');
    expect(await left(hosts)).toEqual({ current: 'u1', locks: ['lock-1', 'lock-1'] });
  });

  it('leaves one unfinished whose packages were touched', async () => {
    await using hosts = await movedHosts('one', 'two');
    const apt = failing({ id: 'install-packages.apt', phase: 'install-packages', databases: [] });
    expect((await ended(hosts, { steps: [apt] })).report().outcome).toBe('unfinished');
  });

  it('starts nothing beside a step that still runs', async () => {
    await using hosts = await movedHosts('one', 'two');
    const { root } = hosts.host('two');
    const script = `until [ -e ${root}/go ]; do sleep 0.05; done`;
    const slow = failing({ host: 'two', script, timeLimit: 1, repeat: 'safe' });
    const report = (await ended(hosts, { steps: [slow] })).report();
    await hosts.host('two').exec({ title: 'go', script: `touch ${root}/go` });
    expect(report.outcome).toBe('unfinished');
    expect(report.failure?.what).toContain('steps still run, and services must not start beside them');
    expect((await left(hosts)).current).toBe('u1');
  });

  it('stays abandoned when the lock cannot be given back, and says so', async () => {
    await using hosts = await movedHosts('one', 'two');
    const two = hosts.host('two');
    const { exec } = two;
    two.exec = async (command, options) =>
      command.title === 'release the lock'
        ? { code: 1, signal: null, stdout: '', stderr: 'disk full' }
        : await exec.call(two, command, options);
    expect((await ended(hosts, {})).report().outcome).toBe('abandoned');
    expect(hosts.log.lines.join('\n')).toContain('the lock could not be given back');
    expect((await left(hosts)).current).toBeNull();
  });

  it('starts nothing when the run was cancelled', async () => {
    await using hosts = await movedHosts('one', 'two');
    const report = (await ended(hosts, { signal: AbortSignal.abort(new Error('cancelled')) })).report();
    expect(report.outcome).toBe('cancelled');
    expect((await left(hosts)).current).toBe('u1');
  });
});
