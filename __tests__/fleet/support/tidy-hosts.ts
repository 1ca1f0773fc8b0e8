import { expect, it } from '@jest/globals';
import { stackHosts } from './each-host.ts';
import { leaksOfRun, leaksOnHosts } from './leaks.ts';
import { settingsChanges } from './picture.ts';
import type { Scene } from './scene.ts';
import { lookOfPolicy } from './site-policy.ts';

/** What an upgrade leaves on its hosts besides the upgrade itself. */
export function leavesTheHostsTidy(scene: () => Scene): void {
  it('puts back the policies and boot links that were there before', async () => {
    for (const { host, look } of scene().policies) {
      expect(await lookOfPolicy(scene().fleet, host)).toBe(look);
    }
    const others = stackHosts(scene().fleet).filter(
      (host) => !scene().policies.some((policy) => policy.host === host),
    );
    for (const host of others) {
      expect(await lookOfPolicy(scene().fleet, host)).toBe('');
    }
    expect(scene().after('upgrade').bootLinks).toEqual(scene().before.bootLinks);
  });

  it('names every file of /etc that is not as it was', () => {
    for (const { host, added, gone, changed, keptBack } of scene().run('upgrade').report?.settings ?? []) {
      const real = settingsChanges(
        scene().before.settings[host] ?? {},
        scene().after('upgrade').settings[host] ?? {},
      );
      expect({ host, added: [...added, ...keptBack].sort(), gone: [...gone].sort(), changed }).toEqual({
        host,
        ...real,
      });
    }
    const hosts = scene()
      .run('upgrade')
      .report?.settings.map(({ host }) => host);
    expect(hosts).toEqual(stackHosts(scene().fleet));
  });

  it('leaves a journal that a person can read, and nothing that is only for an unfinished upgrade', async () => {
    const id = scene().run('upgrade').report?.upgrade ?? '';
    expect(id).not.toBe('');
    const script = `cd /var/lib/synnefo-upgrade; stat -c '%a %U:%G' .; ls -A | LC_ALL=C sort | tr '\\n' ' '; echo
      ls upgrades; cat upgrades/${id}/state; cat upgrades/${id}/steps/*/rc | sort -u
      for step in upgrades/${id}/steps/*/; do [ -s $step/started ] && [ -s $step/ended ] || echo "$step: no times"; done
      for step in upgrades/${id}/steps/*/; do case $step in */backup-db.*) ;; *) [ -s $step/script ] && [ -e $step/log ] || echo "$step: no script";; esac; done`;
    for (const host of stackHosts(scene().fleet)) {
      const { stdout } = await scene().fleet.exec(host, script);
      expect(stdout.trim().split('\n')).toEqual([
        '700 root:root',
        'epoch guard supervisor upgrades ',
        id,
        'finished',
        '0',
      ]);
    }
  });

  it('leaves no process of its own behind', () => {
    const ours = Object.values(scene().after('upgrade').programs)
      .flat()
      .filter((line) => line.includes('synnefo-upgrade'));
    expect(ours).toEqual([]);
  });
}

/** Who can read the secrets that an upgrade was given. */
export function keepsItsSecrets(scene: () => Scene): void {
  it('shows its secrets to nobody: not in log, summary, report or outputs', () => {
    const { fleet } = scene();
    expect(leaksOfRun(fleet, scene().run('dry'))).toEqual([]);
    expect(leaksOfRun(fleet, scene().run('upgrade'))).toEqual([]);
  });

  it('leaves its secrets in no file of a host', async () => {
    const found = await leaksOnHosts(scene().fleet);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((host) => [host, []])));
  });
}
