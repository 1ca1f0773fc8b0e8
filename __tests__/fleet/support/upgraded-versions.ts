import { expect, it } from '@jest/globals';
import type { VersionChange } from '../../../src/domain/report.ts';
import { stackHosts } from './each-host.ts';
import { transactions } from './history-rules.ts';
import type { Scene } from './scene.ts';

/** What 0.16 is made of; every other package of the stack has the first of these. */
export const VERSION = '0.16.2-1';
const OTHER_VERSIONS: Readonly<Record<string, string>> = {
  'gunicorn-services': '1-1',
  'python-objpool': '0.4-1',
  'python-lockfile': '0.8-2',
};

/** The packages after the upgrade, and how they came. */
export function bringsTheVersions(scene: () => Scene, offlineInTime: () => boolean): void {
  it('installs the planned versions on every host, and none that is newer', () => {
    const { versions } = scene().after('upgrade');
    for (const host of stackHosts(scene().fleet)) {
      const names = Object.keys(versions[host] ?? {});
      expect(names).toEqual(expect.arrayContaining(Object.keys(scene().before.versions[host] ?? {})));
      const expected = names.map((name) => [name, `ii ${OTHER_VERSIONS[name] ?? VERSION}`]);
      expect(versions[host]).toEqual(Object.fromEntries(expected));
    }
    const same = Object.values(versions).flatMap((found) => [found['snf-common'], found['snf-webproject']]);
    expect(new Set(same.filter((version) => version !== undefined))).toEqual(new Set([`ii ${VERSION}`]));
  });

  it('reports as changed what changed', () => {
    const { report } = scene().run('upgrade');
    const { versions } = scene().after('upgrade');
    expect(new Set(report?.versions)).toEqual(new Set(versionChanges(scene().before.versions, versions)));
  });

  it('downloads nothing once the services are stopped', () => {
    expect(offlineInTime()).toBe(true);
  });

  it('calls apt once on every host of the stack, and nowhere else', async () => {
    const done = await transactions(scene().fleet);
    const hosts = stackHosts(scene().fleet);
    for (const [host, runs] of Object.entries(done)) {
      expect({ host, complete: runs.map(({ complete }) => complete) }).toEqual({
        host,
        complete: hosts.includes(host) ? [true] : [],
      });
    }
  });
}

type Versions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What two looks at the packages of all hosts say of versions, as a report has it. */
export function versionChanges(before: Versions, after: Versions): VersionChange[] {
  const bare = (version: string | undefined): string | null => version?.replace(/^ii /, '') ?? null;
  return Object.entries(after).flatMap(([host, versions]) =>
    Object.entries(versions)
      .map(([name, to]) => ({
        host,
        package: name,
        from: bare(before[host]?.[name]),
        to: bare(to) ?? '',
      }))
      .filter(({ from, to }) => from !== to),
  );
}
