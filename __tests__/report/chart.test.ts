import { describe, expect, it } from '@jest/globals';
import { chart } from '../../src/report/chart.ts';
import { timeline } from '../../src/report/timeline.ts';
import { type ReadChart, readChart } from '../support/mermaid.ts';
import { failureOf, reportOf, stepOf } from '../support/report.ts';
import { structureOf } from '../support/summary-structure.ts';

const START = Date.UTC(2026, 10, 23, 18, 0, 0);

/** A step from one second to another. */
function at(host: string, id: string, from: number, to: number, rc = 0) {
  const phase = id.slice(0, id.indexOf('.')) as 'migrate';
  return stepOf({ host, id, phase, rc, started: START + from * 1000, ended: START + to * 1000 });
}

async function read(text: string): Promise<ReadChart> {
  return await readChart(structureOf(text).charts.join(''));
}

/** `section: label` of every bar, with a `!` where it is bad. */
function bars({ tasks }: ReadChart): string[] {
  return tasks.map(({ section, label, crit }) => `${section}: ${label}${crit ? '!' : ''}`);
}

describe('chart', () => {
  it('has the outage, and a bar for what each host did in a phase', async () => {
    const steps = [
      at('web1', 'prepare.update', 0, 2),
      at('web1', 'prepare.download', 2, 3),
      at('web1', 'stop-services.stop.web', 5, 6),
      at('db1', 'backup-db.app.before', 6, 9),
      at('web1', 'migrate.app.0', 10, 12),
      at('db1', 'backup-db.app.after-migrate', 12, 14),
    ];
    const outage = { began: START + 5000, ended: START + 30_000 };
    expect(bars(await read(chart(reportOf({ steps, outage })).text))).toEqual([
      'outage: first stop to last good answer, 25.0 s!',
      'web1: prepare, 3.0 s',
      'web1: step prepare.update, 2.0 s',
      'web1: stop-services, 1.0 s',
      'web1: migrate, 2.0 s',
      'db1: backup-db, 3.0 s',
      'db1: backup-db, 2.0 s',
    ]);
  });

  it('has the hosts in the order of their services', async () => {
    const steps = [
      at('db1', 'prepare.update', 0, 1),
      at('web2', 'prepare.update', 1, 2),
      at('web1', 'prepare.update', 2, 3),
    ];
    const services = ['web1', 'web2'].map((host) => ({
      host,
      name: 'app',
      before: 'running' as const,
      after: 'running' as const,
    }));
    expect((await read(chart(reportOf({ steps, services })).text)).sections).toEqual(['web1', 'web2', 'db1']);
  });

  it('shows a failure up to where it stopped, and an outage that is not over', async () => {
    const steps = [at('web1', 'stop-services.stop.web', 0, 1), at('web1', 'migrate.app.0', 2, 5, 1)];
    const outage = { began: START, ended: null };
    expect(bars(await read(chart(reportOf({ steps, outage })).text))).toEqual([
      'outage: not over after 5.0 s!',
      'web1: stop-services, 1.0 s',
      'web1: migrate, failed after 3.0 s!',
    ]);
  });

  it('begins a bar anew where a phase was taken up again later', async () => {
    const steps = [at('web1', 'migrate.app.0', 0, 5), at('web1', 'migrate.app.1', 4000, 4005)];
    expect(bars(await read(chart(reportOf({ steps })).text))).toEqual([
      'web1: migrate, 5.0 s',
      'web1: migrate, 5.0 s',
    ]);
  });

  it('leaves out hosts that have no room, those with a failure last, and says how many', async () => {
    const many = Array.from({ length: 400 }, (_, index) =>
      at(`web${index}`, 'prepare.update', index, index + 1, index === 399 ? 1 : 0),
    );
    const { text } = chart(reportOf({ steps: many }));
    const { sections } = await read(text);
    expect(sections).toHaveLength(150);
    expect(sections).toContain('web399');
    expect(text).toContain('250 more hosts had no room');
    expect(text.length).toBeLessThan(50_000);
  });
});

describe('timeline', () => {
  const steps = [at('web1', 'prepare.update', 0, 2)];

  it('shows the picture and folds the table when all is well', () => {
    const { text } = timeline(reportOf({ steps }));
    expect(structureOf(text).charts).toHaveLength(1);
    expect(text.indexOf('mermaid')).toBeLessThan(text.indexOf('<details>'));
  });

  it('shows both where something failed', () => {
    const { text } = timeline(reportOf({ steps, outcome: 'unfinished', failure: failureOf() }));
    expect(structureOf(text).charts).toHaveLength(1);
    expect(text).not.toContain('<details>');
    expect(text).toContain('| prepare |');
  });

  it('has a row for each time that a phase came', () => {
    const turns = [
      at('db1', 'backup-db.a', 0, 2),
      at('web1', 'migrate.a', 3, 4),
      at('db1', 'backup-db.b', 5, 9),
    ];
    expect(timeline(reportOf({ steps: turns })).text.match(/^\| (?:backup-db|migrate) .*? s \|/gm)).toEqual([
      '| backup-db | <code>2026-11-23T18&#58;00&#58;00Z</code> | 2.0 s |',
      '| migrate | <code>2026-11-23T18&#58;00&#58;03Z</code> | 1.0 s |',
      '| backup-db | <code>2026-11-23T18&#58;00&#58;05Z</code> | 4.0 s |',
    ]);
  });

  it('leaves the picture to the last part of a chain', () => {
    const { text } = timeline(reportOf({ steps, outcome: 'done' }));
    expect(structureOf(text).charts).toEqual([]);
    expect(text).toContain('| prepare |');
  });
});
