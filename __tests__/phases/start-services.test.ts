import { describe, expect, it } from '@jest/globals';
import type { HealthCheck } from '../../src/domain/plan.ts';
import { startAgain, startServices } from '../../src/phases/start-services.ts';
import { Secret } from '../../src/shell/secret.ts';
import { aResolved, aResolvedHost, laneIds, stepOf, stepsIn } from '../support/resolved.ts';

const secrets = new Map([['TOKEN', new Secret('TOKEN', 'swordfish')]]);
const health: HealthCheck = {
  http: 'http://127.0.0.1:8080/',
  header: { 'X-Auth-Token': { secret: 'TOKEN' } },
  status: 200,
  body: 'ok',
  before: 'same',
  within: 30,
};

function withHealth() {
  const resolved = aResolved();
  const { front, back, node } = resolved.plan.roles;
  if (front === undefined || back === undefined || node === undefined) {
    throw new Error('the example has three roles');
  }
  const roles = { front: { ...front, health: [health] }, back, node: { ...node, health: [health] } };
  return { ...resolved, plan: { ...resolved.plan, roles } };
}

describe('startServices', () => {
  it('lets services start everywhere, then starts them service by service across the hosts', () => {
    expect(laneIds(startServices(aResolved(), secrets))).toEqual([
      ['one start-services.release'],
      ['two start-services.release'],
      ['three start-services.release'],
      ['one start-services.start.web'],
      ['two start-services.start.web'],
      ['one start-services.start.queue'],
      ['two start-services.start.queue'],
    ]);
  });

  it('leaves down what was down before', () => {
    expect(laneIds(startServices(aResolved(), secrets)).flat()).not.toContain(
      'three start-services.start.agent',
    );
  });

  it('asks the roles that ran, and no other', () => {
    const ids = laneIds(startServices(withHealth(), secrets)).flat();
    expect(ids.filter((id) => id.includes('health'))).toEqual(['one start-services.health.front.0']);
  });

  it('shows a request as people would make it', () => {
    const step = stepOf(startServices(withHealth(), secrets), 'one', 'start-services.health.front.0');
    expect(step.commands).toEqual(["curl -H 'X-Auth-Token: ***' http://127.0.0.1:8080/    # 200, with: ok"]);
  });

  it('always asks again, and shows no secret', () => {
    const step = stepOf(startServices(withHealth(), secrets), 'one', 'start-services.health.front.0');
    expect(step).toMatchObject({ check: 'exit 1', title: 'ask front at http://127.0.0.1:8080/' });
    expect(JSON.stringify(step)).not.toContain('swordfish');
  });
});

describe('startAgain', () => {
  it('has one lane a host, so that a host that is gone keeps no other one down', () => {
    expect(laneIds(startAgain(aResolved()))).toEqual([
      ['one start-services.release', 'one start-services.start.web', 'one start-services.start.queue'],
      ['two start-services.release', 'two start-services.start.web', 'two start-services.start.queue'],
      ['three start-services.release'],
    ]);
  });

  it('starts nothing that did not run', () => {
    const hosts = { one: aResolvedHost(), two: aResolvedHost(), three: aResolvedHost() };
    const ids = stepsIn(startAgain(aResolved({ hosts }))).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(['start-services.release']));
  });
});
