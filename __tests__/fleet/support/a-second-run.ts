import { beforeAll, describe, expect, it } from '@jest/globals';
import { RUN_LIMIT, type Scene } from './scene.ts';

/** The same command again, when all is done. */
export function aSecondRun(scene: () => Scene): void {
  describe('a second run', () => {
    let artifacts = 0;

    beforeAll(async () => {
      const { fleet, operator } = scene();
      await fleet.repository.start();
      artifacts = operator.service.artifacts().length;
      await scene().ran('again', await operator.upgrade());
    }, RUN_LIMIT);

    it('says that there was nothing to do', () => {
      const { code, report, outputs, summary, log } = scene().run('again');
      expect({ code, outcome: report?.outcome, output: outputs.outcome }).toEqual({
        code: 0,
        outcome: 'unchanged',
        output: 'unchanged',
      });
      expect(report).toMatchObject({
        upgrade: null,
        dumps: [],
        versions: [],
        steps: [],
        outageSeconds: null,
      });
      expect(`${summary}\n${log}`).toMatch(/nothing to do/i);
      expect(log).not.toContain('::error');
    });

    it('changes no file, version, process or row, and stores nothing', () => {
      const { files, settings, versions, services, programs, rows } = scene().after('again');
      const after = scene().after('upgrade');
      expect(files).toEqual(after.files);
      expect(settings).toEqual(after.settings);
      expect(versions).toEqual(after.versions);
      expect(services).toEqual(after.services);
      expect(programs).toEqual(after.programs);
      expect(rows).toEqual(after.rows);
      expect(scene().operator.service.artifacts()).toHaveLength(artifacts);
    });
  });
}
