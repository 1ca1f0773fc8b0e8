import { expect, it } from '@jest/globals';
import { pages } from '../../../fleet/oracle.ts';
import type { Scene } from './scene.ts';

/** What runs after the upgrade. */
export function bringsEverythingUp(scene: () => Scene): void {
  it('leaves every service running that ran before, with its new code', () => {
    const { services } = scene().after('upgrade');
    for (const [host, before] of Object.entries(scene().before.services)) {
      for (const [service, pids] of Object.entries(before)) {
        const now = services[host]?.[service] ?? [];
        expect(pids).not.toEqual([]);
        expect({ host, service, runs: now.length > 0 }).toEqual({ host, service, runs: true });
        expect({ host, service, old: now.filter((pid) => pids.includes(pid)) }).toEqual({
          host,
          service,
          old: [],
        });
      }
    }
  });

  it('serves every page with a token, on a schema with nothing pending', async () => {
    for (const { role, code, body } of await pages(scene().fleet)) {
      expect({ role, code, ...body }).toMatchObject({
        code: 200,
        status: 'ok',
        schema_ok: true,
        pending: [],
      });
      expect(body.version).toMatch(/^0\.16\.2/);
    }
  });

  it('never restarts a database server', async () => {
    expect(await scene().servers()).toEqual(scene().serversBefore);
  });

  it('lets needrestart restart nothing, on the hosts that have it', () => {
    const { hosts } = scene().fleet;
    const installing = hosts.filter(({ init, roles }) => init === 'systemd' && roles.length > 0);
    const told = scene()
      .run('upgrade')
      .log.matchAll(/(\S+) │ .*needrestart is suspended/g);
    expect(new Set([...told].map(([, host]) => host))).toEqual(new Set(installing.map(({ name }) => name)));
  });
}
