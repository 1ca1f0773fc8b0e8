import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PlannedStep } from '../../../src/domain/report.ts';
import { PHASES } from '../../../src/domain/step.ts';
import { RUN_LIMIT, type Scene } from './scene.ts';

/** A dry run shows all of it and changes nothing. */
export function aDryRun(scene: () => Scene): void {
  describe('a dry run', () => {
    beforeAll(async () => {
      const run = await scene().operator.upgrade({ inputs: { 'dry-run': 'true' } });
      await scene().ran('dry', run);
    }, RUN_LIMIT);

    it('ends well and says that it only planned', () => {
      const { code, report, outputs, summary, log } = scene().run('dry');
      expect({ code, outcome: report?.outcome, output: outputs.outcome }).toEqual({
        code: 0,
        outcome: 'planned',
        output: 'planned',
      });
      expect(report).toMatchObject({ upgrade: null, dumps: [], steps: [], failure: null });
      expect(summary).toContain('planned');
      expect(log).not.toContain('::error');
    });

    it('changes no file of system, packages, lists and caches, and leaves no journal', () => {
      expect(scene().after('dry').files).toEqual(scene().before.files);
      expect(scene().after('dry').settings).toEqual(scene().before.settings);
      const journal = Object.values(scene().after('dry').files)
        .flat()
        .filter((line) => line.includes('/var/lib/synnefo-upgrade'));
      expect(journal).toEqual([]);
    });

    it('changes no process, version, service or row', () => {
      const { programs, versions, services, rows } = scene().after('dry');
      expect(programs).toEqual(scene().before.programs);
      expect(versions).toEqual(scene().before.versions);
      expect(services).toEqual(scene().before.services);
      expect(rows).toEqual(scene().before.rows);
    });

    it('names every step with its commands, in the report, the log and the summary', () => {
      const { report, log, summary } = scene().run('dry');
      const planned = report?.planned ?? [];
      expect(new Set(planned.map(({ phase }) => phase))).toEqual(new Set(PHASES));
      // A title is no command, but where it is one: apt's, and those of the plan's migrations.
      const prose = ({ commands, phase, title }: PlannedStep): boolean =>
        commands.includes(title) && !title.startsWith('apt-get ') && phase !== 'migrate';
      expect(planned.filter((step) => step.commands.length === 0 || prose(step))).toEqual([]);
      const lines = planned.flatMap(({ commands }) => commands);
      const text = unescaped(summary);
      expect(lines.filter((line) => !log.includes(line))).toEqual([]);
      expect(lines.filter((line) => !text.includes(line))).toEqual([]);
    });

    it('names the commands of the upgrade as the operator knows them', () => {
      const commands = (scene().run('dry').report?.planned ?? []).flatMap((step) => step.commands);
      for (const pattern of [
        /^service gunicorn stop$/,
        /^service snf-ganeti-eventd start$/,
        /^apt-get install --no-download --no-remove .*snf-common=0\.16\.2-1/,
        /^pg_dump .* snf_pithos .*before/,
        /^snf-manage migrate --noinput$/,
        /^pithos-migrate upgrade head$/,
        /^\s*groupadd --system synnefo$/,
      ]) {
        expect(commands.some((line) => pattern.test(line)) || pattern).toBe(true);
      }
    });
  });
}

/** Markdown of a summary with its entities taken away. */
function unescaped(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
