import { describe, expect, it } from '@jest/globals';
import { databaseNames, rowsOf } from '../../../fleet/rows.ts';
import { printed, stackHosts } from './each-host.ts';
import type { Scene } from './scene.ts';

/** What an operator pastes who wants the old rows back. The services are down from here on. */
export function restoredByHand(scene: () => Scene): void {
  describe('the commands of the report', () => {
    it('bring back exactly the rows of before, of every database, and those of the end again', async () => {
      const { fleet, before } = scene();
      const after = scene().after('upgrade');
      await stopEverything(scene());
      for (const [point, then] of [
        ['before', before],
        ['after-steps', after],
      ] as const) {
        const dumps = scene()
          .run('upgrade')
          .report?.dumps.filter((dump) => dump.point === point);
        expect(dumps?.map(({ name }) => name).sort()).toEqual(databaseNames(fleet).sort());
        for (const { host, name, restore } of dumps ?? []) {
          const said = await printed(fleet, host, 'cd /root && bash --login', restore);
          expect(said).toContain(`restored: ${name}`);
          expect(await rowsOf(fleet, name)).toEqual(then.rows[name]);
          expect(after.rows[name]).not.toEqual(before.rows[name]);
        }
      }
    }, 300_000);
  });
}

async function stopEverything({ fleet }: Scene): Promise<void> {
  for (const host of stackHosts(fleet)) {
    const services = 'for s in gunicorn snf-dispatcher snf-ganeti-eventd; do service $s stop; done';
    await fleet.exec(
      host,
      `${services}; pkill -f /usr/bin/snf-dispatcher; pkill -f /usr/bin/gunicorn; sleep 1`,
    );
  }
}
