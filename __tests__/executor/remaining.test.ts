import { expect, it } from '@jest/globals';
import { databasesOf } from '../../src/domain/inventory.ts';
import type { StepState } from '../../src/domain/journal.ts';
import type { Step } from '../../src/domain/step.ts';
import { remaining } from '../../src/executor/remaining.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { ended, paperJournal } from '../support/paper-journal.ts';
import { paperGuard } from '../support/paper-work.ts';
import { aResolved } from '../support/resolved.ts';

const script = (id: string): Step =>
  scriptStep({ id, phase: 'run-steps', host: 'one', title: id, script: 'true', check: 'false' });
const check = (id: string, until: string): Step => ({
  kind: 'check',
  id,
  phase: 'run-steps',
  host: 'one',
  title: id,
  commands: [],
  script: 'true',
  judge: () => [],
  patience: 0,
  until,
});

it('is all that has not ended well, in its order, whatever became of it since', () => {
  const { plan, inventory } = aResolved();
  const states: Readonly<Record<string, StepState>> = {
    's.good': ended(),
    's.bad': ended({ rc: 1 }),
    's.dead': { kind: 'died' },
    's.running': { kind: 'running' },
    's.unborn': { kind: 'unborn' },
  };
  const journal = paperJournal(...Object.entries(states).map(([id, state]) => ({ host: 'one', id, state })));
  const checks = [check('c.over', 's.dead'), check('c.due', 's.new')];
  const lane = [
    ...Object.keys(states).map(script),
    ...checks,
    script('s.new'),
    ...databasesOf(plan, inventory)
      .slice(0, 1)
      .map((target) => paperGuard(target, 'migrate')),
  ];
  const stage = { phase: 'run-steps', title: 'all', lanes: [lane, [script('s.good')]] } as const;
  const left = remaining(journal, [stage]);
  expect(left.map(({ lanes }) => lanes.map((steps) => steps.map(({ id }) => id)))).toEqual([
    [
      [
        's.bad',
        's.dead',
        's.running',
        's.unborn',
        'c.due',
        's.new',
        expect.stringMatching(/^migrate\.guard\./),
      ],
      [],
    ],
  ]);
});
