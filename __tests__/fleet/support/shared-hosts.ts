import { describe, expect, it } from '@jest/globals';
import type { StepReport } from '../../../src/domain/report.ts';
import type { Scene } from './scene.ts';

/** Roles that share a host or a database get their work done once. */
export function sharedHosts(scene: () => Scene): void {
  describe('roles that share a host and a database', () => {
    it('have a shared service stopped and started once', () => {
      for (const id of ['stop-services.stop.gunicorn', 'start-services.start.gunicorn']) {
        expect(stepsOf(scene(), id).map(({ host }) => host)).toEqual(['node1', 'node2']);
      }
    });

    it('have a shared database dumped once', () => {
      const dumps = scene().run('upgrade').report?.dumps ?? [];
      const before = dumps.filter(({ point }) => point === 'before');
      expect(before.map(({ name }) => name)).toEqual(['snf_apps', 'snf_pithos']);
    });

    it('are migrated one after the other', () => {
      const steps = [
        'migrate.astakos.0',
        'migrate.astakos.1',
        'migrate.cyclades.0',
        'migrate.cyclades.1',
      ].flatMap((id) => stepsOf(scene(), id));
      expect(steps).toHaveLength(4);
      for (const [index, step] of steps.slice(1).entries()) {
        expect(step.started).toBeGreaterThanOrEqual(steps[index]?.ended ?? Number.NaN);
      }
    });
  });
}

function stepsOf(scene: Scene, id: string): StepReport[] {
  const steps = scene.run('upgrade').report?.steps.filter((step) => step.id === id) ?? [];
  return steps.toSorted((left, right) => left.host.localeCompare(right.host));
}
