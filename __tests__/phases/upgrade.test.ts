import { describe, expect, it } from '@jest/globals';
import { partsOf, stagesOf } from '../../src/phases/upgrade.ts';
import { type aPlan, aStep } from '../domain/examples.ts';
import { paperDumps, paperGuard } from '../support/paper-work.ts';
import { aResolved, stepsIn } from '../support/resolved.ts';

const means = { upgrade: 'u1', secrets: new Map(), dumps: paperDumps(), guard: paperGuard };

function titles(overrides: Parameters<typeof aPlan>[0] = {}): string[] {
  const resolved = aResolved();
  const plan = { ...resolved.plan, ...overrides };
  return stagesOf(partsOf({ ...resolved, plan }, means))
    .filter(({ lanes }) => lanes.length > 0)
    .map(({ phase, title }) => `${phase}: ${title}`);
}

describe('stagesOf', () => {
  it('is the runbook of an upgrade', () => {
    const steps = (['prepare', 'stop', 'install', 'migrate'] as const).map((after) =>
      aStep({ name: `my-${after}`, after, run: 'true' }),
    );
    expect(titles({ steps, dumps: ['before', 'after-migrate', 'after-steps'] })).toEqual([
      'prepare: fetch the packages and keep the settings',
      'run-steps: my-prepare',
      'stop-services: keep the services from starting at boot',
      'stop-services: stop the services',
      'backup-db: dump the databases (before)',
      'run-steps: my-stop',
      'install-packages: nothing was written since the dumps',
      'install-packages: install the packages',
      'install-packages: stop what the packages started',
      'run-steps: my-install',
      'migrate: migrate the databases',
      'backup-db: dump the databases (after-migrate)',
      'run-steps: my-migrate',
      'backup-db: dump the databases (after-steps)',
      'start-services: let the services start again',
      'start-services: start web',
      'start-services: start queue',
      expect.stringMatching(/^verify: /),
    ]);
  });

  it('dumps only where the plan says so', () => {
    expect(titles({ dumps: ['before'] }).filter((title) => title.startsWith('backup-db'))).toEqual([
      'backup-db: dump the databases (before)',
    ]);
  });

  it('has no two steps of one id on a host: their folders would be the same', () => {
    const resolved = aResolved();
    const plan = { ...resolved.plan, dumps: ['before', 'after-migrate', 'after-steps'] as const };
    const steps = stepsIn(
      stagesOf(partsOf({ ...resolved, plan: { ...plan, dumps: [...plan.dumps] } }, means)),
    );
    const ids = steps.filter(({ kind }) => kind !== 'check').map(({ host, id }) => `${host} ${id}`);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('is the same in every run', () => {
    expect(JSON.stringify(partsOf(aResolved(), means))).toBe(JSON.stringify(partsOf(aResolved(), means)));
  });
});
