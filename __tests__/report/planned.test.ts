import { describe, expect, it } from '@jest/globals';
import { planned } from '../../src/report/planned.ts';
import { plannedOf, reportOf } from '../support/report.ts';
import { structureOf } from '../support/summary-structure.ts';

function bodies(steps: ReturnType<typeof plannedOf>[]): string[] {
  return planned(reportOf({ outcome: 'planned', planned: steps })).map(({ body }) => body.text);
}

describe('planned', () => {
  it('shares the lines of hosts on which the same would be done', () => {
    const [, stop = ''] = bodies([
      plannedOf(),
      plannedOf({ host: 'web2' }),
      plannedOf({ host: 'db1', commands: ['service other stop'] }),
    ]);
    expect(stop).toContain('On web1, web2:');
    expect(structureOf(stop).fences).toEqual([
      '# stop app\nservice app stop',
      '# stop app\nservice other stop',
    ]);
  });

  it('keeps the order when a phase comes again', () => {
    const texts = bodies([
      plannedOf({ phase: 'backup-db' }),
      plannedOf({ phase: 'migrate' }),
      plannedOf({ phase: 'backup-db' }),
    ]);
    expect(texts.slice(1).map((text) => /<b>(.*)<\/b>/.exec(text)?.[1])).toEqual([
      'backup-db',
      'migrate',
      'backup-db',
    ]);
  });

  it('lets no title become a command', () => {
    const [, body = ''] = bodies([plannedOf({ title: 'stop\nrm -rf /' })]);
    expect(structureOf(body).fences).toEqual(['# stop rm -rf /\nservice app stop']);
  });

  it('is empty when nothing was planned', () => {
    expect(bodies([])).toEqual([]);
  });
});
