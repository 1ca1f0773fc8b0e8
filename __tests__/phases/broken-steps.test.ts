import { describe, expect, it } from '@jest/globals';
import { databasesOf } from '../../src/domain/inventory.ts';
import type { StepState } from '../../src/domain/journal.ts';
import type { FailureReport } from '../../src/domain/report.ts';
import { brokenSteps, changersOf, withRestoring } from '../../src/phases/broken-steps.ts';
import { migrate } from '../../src/phases/migrate.ts';
import { ended, paperJournal } from '../support/paper-journal.ts';
import { paperGuard } from '../support/paper-work.ts';
import { aResolved } from '../support/resolved.ts';

const resolved = aResolved();
const stages = migrate(resolved, paperGuard);
const targets = databasesOf(resolved.plan, resolved.inventory);
const failure: FailureReport = {
  what: 'it failed',
  mistakes: [],
  host: 'one',
  command: 'front migrate',
  output: '',
  state: '',
  next: 'First this.',
};

function brokenBy(id: string, state: StepState): string[] {
  return brokenSteps(paperJournal({ host: 'one', id, state }), stages, targets).map(({ step }) => step.id);
}

describe('changersOf', () => {
  it('has every migration of a database, of all roles that share it', () => {
    const [shop] = targets;
    expect(shop && changersOf(stages, shop).map(({ id }) => id)).toEqual([
      'migrate.front.0',
      'migrate.front.1',
      'migrate.back.0',
    ]);
  });
});

describe('brokenSteps', () => {
  it('are those that died or failed and may not be repeated', () => {
    expect(brokenBy('migrate.front.1', { kind: 'died' })).toEqual(['migrate.front.1']);
    expect(brokenBy('migrate.front.1', ended({ rc: 1 }))).toEqual(['migrate.front.1']);
  });

  it('are none that ended well, still run, never ran, or are of one transaction', () => {
    expect(brokenBy('migrate.front.1', ended())).toEqual([]);
    expect(brokenBy('migrate.front.1', { kind: 'running' })).toEqual([]);
    expect(brokenBy('migrate.front.1', { kind: 'unborn' })).toEqual([]);
    expect(brokenBy('migrate.back.0', { kind: 'died' })).toEqual([]);
  });
});

describe('withRestoring', () => {
  it('says where half of a change may be, and to restore it', () => {
    const journal = paperJournal({ host: 'one', id: 'migrate.front.1', state: { kind: 'died' } });
    const { state, next } = withRestoring(failure, brokenSteps(journal, stages, targets));
    expect(state).toContain('shop on one (front: front migrate)');
    expect(next).toMatch(/^First this\. .*Restore shop on one from the dump of before/);
  });

  it('adds nothing where nothing is broken', () => {
    expect(withRestoring(failure, [])).toEqual(failure);
  });
});
