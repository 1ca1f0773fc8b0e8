import { describe, expect, it } from '@jest/globals';
import { rowsOf } from '../../../fleet/rows.ts';
import { printed, stackHosts } from './each-host.ts';
import type { Scene } from './scene.ts';

/** What an operator pastes who wants the old rows back. The services are down from here on. */
export function restoredByHand(scene: () => Scene): void {
  describe('the commands of the report', () => {
    it('bring back exactly the rows of before', async () => {
      const { fleet, before } = scene();
      const dump = scene()
        .run('upgrade')
        .report?.dumps.find(({ key, point }) => key === 'astakos' && point === 'before');
      const { host = '', name = '', restore = '' } = dump ?? {};
      await stopEverything(scene());
      const said = await printed(fleet, host, 'cd /root && bash --login', restore);
      expect(said).toContain(`restored: ${name}`);
      expect(await rowsOf(fleet, name)).toEqual(before.rows[name]);
      expect(scene().after('upgrade').rows[name]).not.toEqual(before.rows[name]);
    }, 120_000);
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
