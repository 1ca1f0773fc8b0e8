import { describe, expect, it } from '@jest/globals';
import { stopOn, stopServices } from '../../src/phases/stop-services.ts';
import { aHost } from '../domain/examples.ts';
import { aResolved, laneIds, stepOf, stepsIn } from '../support/resolved.ts';

describe('stopServices', () => {
  it('holds every host first, and stops a service that roles share once', () => {
    expect(laneIds(stopServices(aResolved()))).toEqual([
      ['one stop-services.hold'],
      ['two stop-services.hold'],
      ['three stop-services.hold'],
      ['one stop-services.stop.web', 'one stop-services.stop.queue'],
      ['two stop-services.stop.web', 'two stop-services.stop.queue'],
      ['three stop-services.stop.agent'],
    ]);
  });

  it("stops in the plan's own order of stopping", () => {
    const resolved = aResolved();
    const plan = { ...resolved.plan, 'stop-order': ['agent', 'queue', 'web'] };
    expect(laneIds(stopServices({ ...resolved, plan }))[3]).toEqual([
      'one stop-services.stop.queue',
      'one stop-services.stop.web',
    ]);
  });

  it('stops and holds also what did not run: a package might start it', () => {
    expect(stepOf(stopServices(aResolved()), 'three', 'stop-services.stop.agent').commands).toEqual([
      'service agent stop',
    ]);
  });

  it('has a proof for a finished stop, which is read before it is skipped', () => {
    const step = stepOf(stopServices(aResolved()), 'one', 'stop-services.stop.web');
    expect(step.kind === 'script' && step.check).toContain('web');
  });

  it('has nothing to do on a host without roles', () => {
    const resolved = aResolved();
    const hosts = { ...resolved.inventory.hosts, db: aHost() };
    const stages = stopServices({ ...resolved, inventory: { ...resolved.inventory, hosts } });
    expect(stepsIn(stages).filter(({ host }) => host === 'db')).toEqual([]);
  });
});

describe('stopOn', () => {
  it('has ids of its own in another phase, so that both stops are done', () => {
    expect(stopOn(aResolved(), 'one', 'install-packages').map(({ id }) => id)).toEqual([
      'install-packages.stop.web',
      'install-packages.stop.queue',
    ]);
  });
});
