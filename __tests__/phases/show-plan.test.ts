import { expect, it } from '@jest/globals';
import { systemClock } from '../../src/adapters/clock.ts';
import { databasesOf } from '../../src/domain/inventory.ts';
import type { HostJournal, StepState } from '../../src/domain/journal.ts';
import type { Report } from '../../src/domain/report.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import type { UpgradeContext } from '../../src/phases/context.ts';
import { Findings } from '../../src/phases/findings.ts';
import { showPlan } from '../../src/phases/show-plan.ts';
import { planText } from '../../src/phases/take-up.ts';
import { ended } from '../support/paper-journal.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { aResolved } from '../support/resolved.ts';

const resolved = aResolved();
const [target] = databasesOf(resolved.plan, resolved.inventory);
const key = target?.key ?? '';

/** Shows an unfinished upgrade whose host `one` has got so far. There is no way to any host. */
async function shown(
  steps: Readonly<Record<string, StepState>>,
  records: Readonly<Record<string, string>> = {},
): Promise<Report> {
  const { plan, inventory, sources } = resolved;
  const files = { plan, inventory, sources };
  const runner = {
    hosts: new Map(),
    log: new RecordingLog(),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const findings = new Findings(runner, files);
  findings.looked(resolved, new Map());
  const context: Partial<UpgradeContext> = {
    runner,
    files,
    secrets: new Map(),
    turn: null,
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
  };
  const one: HostJournal = {
    epoch: 1,
    lock: null,
    current: 'u1',
    plan: planText(resolved),
    steps: new Map(Object.entries(steps).map(([id, state]) => [id, { state }])),
    records: new Map(Object.entries(records)),
  };
  const seen = { upgrade: 'u1', plan: planText(resolved), journals: new Map([['one', one]]) };
  await showPlan(context as UpgradeContext, findings, resolved, seen);
  return findings.report();
}

const DUMP = {
  [`dump.${key}.before`]: JSON.stringify({ key, point: 'before', generation: 1, state: { rows: {} } }),
};
const titlesOf = ({ planned }: Report): string[] =>
  planned.filter(({ host, phase }) => host === 'one' && phase === 'migrate').map(({ title }) => title);

it('shows what remains of an unfinished upgrade by its journal, and asks no host', async () => {
  const report = await shown({ 'migrate.front.0': ended() }, DUMP);
  expect(report).toMatchObject({ outcome: 'planned', notes: [] });
  const titles = titlesOf(report);
  expect(titles.some((title) => title.includes('front migrate'))).toBe(true);
  expect(titles.some((title) => title.includes('front sync'))).toBe(false);
});

it.each<[string, StepState]>([
  ['failed', ended({ rc: 1 })],
  ['died', { kind: 'died' }],
])('says what has to be restored after a migration that %s', async (_what, state) => {
  const { notes } = await shown({ 'migrate.front.0': state }, DUMP);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /^one: .*front sync.* was begun and did not end well: .* must be as its dump of before has it/,
  );
});
