import type { ResolvedHost, ResolvedPlan } from '../../src/domain/resolved.ts';
import type { Stage, Step } from '../../src/domain/step.ts';
import { anInventory, aPlan, aRole } from '../domain/examples.ts';

/**
 * An upgrade of the examples' shop: `one` has front and back on their shared database, `two` back, `three` the nodes'
 * agent. All services ran but the agent.
 */
export function aResolved(overrides: Partial<ResolvedPlan> = {}): ResolvedPlan {
  return {
    schema: 1,
    plan: aPlan({
      roles: {
        front: aRole({
          services: ['web'],
          packages: ['shop-common', 'shop-front'],
          database: 'front',
          migrate: [
            { run: 'front sync', repeat: 'restore-first', 'time-limit': 60 },
            { run: 'front migrate', repeat: 'restore-first', 'time-limit': 60 },
          ],
          schema: 'front migrate --list',
          pending: '^ \\( \\)',
        }),
        back: aRole({
          services: ['queue', 'web'],
          packages: ['shop-common', 'shop-back'],
          database: 'back',
          migrate: [{ run: 'back migrate', repeat: 'safe', 'time-limit': 90 }],
          schema: 'back current',
          head: '\\(head\\)',
        }),
        node: aRole({ services: ['agent'], packages: ['shop-agent'] }),
      },
    }),
    inventory: anInventory(),
    sources: {},
    irreversible: [],
    hosts: {
      one: aResolvedHost({
        packages: { 'shop-common': '2.1', 'shop-front': '2.1', 'shop-back': '2.1' },
        running: ['web', 'queue'],
      }),
      two: aResolvedHost({
        packages: { 'shop-common': '2.1', 'shop-back': '2.1' },
        running: ['web', 'queue'],
      }),
      three: aResolvedHost({ packages: { 'shop-agent': '2.1' } }),
    },
    ...overrides,
  };
}

export function aResolvedHost(overrides: Partial<ResolvedHost> = {}): ResolvedHost {
  return { packages: {}, transaction: null, running: [], ...overrides };
}

/** `host id` of every step, a list for each lane, the lanes of one stage after those of the other. */
export function laneIds(stages: readonly Stage[]): string[][] {
  return stages.flatMap(({ lanes }) => lanes.map((lane) => lane.map(({ host, id }) => `${host} ${id}`)));
}

export function stepsIn(stages: readonly Stage[]): Step[] {
  return stages.flatMap(({ lanes }) => lanes.flat());
}

/** @throws Error when there is no step of that id on that host */
export function stepOf(stages: readonly Stage[], host: string, id: string): Step {
  const found = stepsIn(stages).find((step) => step.host === host && step.id === id);
  if (found === undefined) {
    throw new Error(`no step ${id} on ${host}`);
  }
  return found;
}
