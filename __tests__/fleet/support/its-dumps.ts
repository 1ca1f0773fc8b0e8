import { describe, expect, it } from '@jest/globals';
import { databaseNames } from '../../../fleet/rows.ts';
import type { ReportedDump } from '../../../src/domain/report.ts';
import { databaseHosts, printed } from './each-host.ts';
import type { Scene } from './scene.ts';
import { artifactOf, decrypted, rolesInDump, rowsInDump, sha256 } from './scratch.ts';

const POINTS = ['before', 'after-migrate', 'after-steps'] as const;
const LIMIT = 5 * 60_000;

/** The dumps of the upgrade, opened as an operator would and held against the databases of their moment. */
export function itsDumps(scene: () => Scene): void {
  describe('its dumps', () => {
    it('are one of every database at every point, and one of the roles of every server', () => {
      const { fleet, operator } = scene();
      const { dumps = [], globals = [] } = scene().run('upgrade').report ?? {};
      const expected = databaseNames(fleet).flatMap((name) => POINTS.map((point) => `${name} ${point}`));
      expect(dumps.map(({ name, point }) => `${name} ${point}`).sort()).toEqual(expected.sort());
      expect(globals.map(({ host }) => host).sort()).toEqual(databaseHosts(fleet).sort());
      const stored = [...dumps, ...globals].map(({ stored: copy }) => copy?.name);
      expect(
        operator.service
          .artifacts()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(stored.sort());
    });

    it('are encrypted artifacts with the hashes that the report names', async () => {
      const { operator } = scene();
      const { dumps = [], globals = [] } = scene().run('upgrade').report ?? {};
      for (const dump of [...dumps, ...globals]) {
        const artifact = artifactOf(operator, dump.stored);
        const plain = await decrypted(operator, artifact);
        expect(dump.encrypted).toBe(true);
        expect(artifact.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
        expect(sha256(artifact)).toBe(dump.stored?.sha256);
        expect({ sha256: sha256(plain), bytes: plain.length }).toEqual({
          sha256: dump.sha256,
          bytes: dump.bytes,
        });
      }
    });

    it('have copies on their hosts that only root can read', async () => {
      const { dumps = [], globals = [] } = scene().run('upgrade').report ?? {};
      for (const { host, hostCopy, sha256: hash } of [...dumps, ...globals]) {
        const text = await printed(
          scene().fleet,
          host,
          `sha256sum <${hostCopy}; stat -c '%a %U' ${hostCopy}`,
        );
        expect(text).toBe(`${hash}  -\n600 root\n`);
      }
    });

    for (const point of POINTS) {
      it(
        `bring back every row as it was at their point: ${point}`,
        async () => {
          const { fleet, operator, before } = scene();
          for (const dump of ofPoint(scene(), point)) {
            const rows = await rowsInDump(
              fleet,
              dump.host,
              await decrypted(operator, artifactOf(operator, dump.stored)),
            );
            const then = point === 'before' ? before : scene().after('upgrade');
            expect({ database: dump.name, rows }).toEqual({
              database: dump.name,
              rows: then.rows[dump.name],
            });
          }
        },
        LIMIT,
      );
    }

    it(
      'bring back the roles and grants of their servers',
      async () => {
        const { fleet, operator } = scene();
        for (const globals of scene().run('upgrade').report?.globals ?? []) {
          const sql = await decrypted(operator, artifactOf(operator, globals.stored));
          const { restored, real, complaints } = await rolesInDump(fleet, globals.host, sql);
          expect(complaints).toMatch(/^ERROR: {2}role "postgres" already exists$/);
          expect(restored).toContain('CREATE ROLE synnefo');
          expect(restored).toBe(real);
        }
      },
      LIMIT,
    );
  });
}

function ofPoint(scene: Scene, point: string): ReportedDump[] {
  const dumps = scene.run('upgrade').report?.dumps.filter((dump) => dump.point === point) ?? [];
  if (dumps.length === 0) {
    throw new Error(`no dump of ${point} was reported`);
  }
  return dumps;
}
