import { beforeAll, describe, expect, it } from '@jest/globals';
import { RUN_LIMIT, type Scene } from './scene.ts';
import { keepsItsSecrets, leavesTheHostsTidy } from './tidy-hosts.ts';
import { keepsEveryRow } from './upgraded-rows.ts';
import { bringsEverythingUp } from './upgraded-services.ts';
import { bringsTheVersions, VERSION } from './upgraded-versions.ts';

/** One upgrade, whose repository goes off the network when the services are stopped. */
export function anUpgrade(scene: () => Scene): void {
  describe('an upgrade', () => {
    let offline: Promise<void> | null = null;
    let offlineInTime = false;

    beforeAll(async () => {
      const { fleet, operator } = scene();
      let soFar = '';
      const run = await operator.upgrade({
        onLog: (log) => {
          soFar = log;
          if (offline === null && log.includes('::group::stop-services')) {
            offline = fleet.repository.stop().then(() => {
              offlineInTime = !soFar.includes('::group::install-packages');
            });
          }
        },
      });
      await offline;
      await scene().ran('upgrade', run);
    }, RUN_LIMIT);

    endsWell(scene);
    bringsTheVersions(scene, () => offlineInTime);
    bringsEverythingUp(scene);
    keepsEveryRow(scene);
    leavesTheHostsTidy(scene);
    keepsItsSecrets(scene);
  });
}

function endsWell(scene: () => Scene): void {
  it('ends well, without an error among its annotations', () => {
    const { code, report, outputs, log } = scene().run('upgrade');
    expect({ code, outcome: report?.outcome, failure: report?.failure }).toEqual({
      code: 0,
      outcome: 'finished',
      failure: null,
    });
    expect(log.split('\n').filter((line) => line.startsWith('::error'))).toEqual([]);
    expect(outputs).toMatchObject({ outcome: 'finished', 'upgrade-id': report?.upgrade });
    expect(Number(outputs['outage-seconds'])).toBeGreaterThan(0);
    expect(JSON.parse(outputs.versions ?? '')).toEqual(report?.versions);
    expect(JSON.parse(outputs.dumps ?? '')).toEqual(report?.dumps);
  });

  it('saw the services go and come back, within the outage that the journals tell', () => {
    const { probe, outage } = scene().run('upgrade').report ?? {};
    expect(probe?.checks.length).toBeGreaterThan(0);
    for (const { before, bad, goodAgain } of probe?.checks ?? []) {
      expect(before).toBe('good');
      expect(bad).toBeGreaterThan((outage?.began ?? Number.POSITIVE_INFINITY) - 1000);
      expect(goodAgain).toBeGreaterThan(bad ?? Number.POSITIVE_INFINITY);
    }
    expect(probe?.seconds).toBeGreaterThan(0);
  });

  it('had announced every step that it did', () => {
    const done = scene()
      .run('upgrade')
      .log.split('\n')
      .flatMap((line) => /^(\S+: .*): done in [\d.]+ s$/.exec(line)?.[1] ?? []);
    const announced = new Set(
      scene()
        .run('dry')
        .report?.planned.map(({ host, title }) => `${host}: ${title}`),
    );
    expect(done.length).toBeGreaterThan(20);
    expect(done.filter((step) => !announced.has(step))).toEqual([]);
  });

  it('tells all of it in the job summary', () => {
    const { report, summary } = scene().run('upgrade');
    expect(summary).toContain(VERSION);
    for (const { sha256 } of report?.dumps ?? []) {
      expect(summary).toContain(sha256);
    }
    expect(summary).not.toMatch(/NaN|undefined|\[object|\b19(69|70)-\d\d-\d\dT/);
  });
}
