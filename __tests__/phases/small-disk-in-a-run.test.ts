import { expect, it, jest } from '@jest/globals';
import { type MovedHosts, movedHosts } from '../support/moved-hosts.ts';
import { dryRunRecorded, recordedUpgrade } from '../support/recorded-upgrade.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** What apt says of an upgrade whose one .deb has so many bytes. */
function transaction(size: number): string {
  return `Inst snf-common [0.15.2-1] (0.16.2-1 shop [all])

Package: snf-common
Version: 0.16.2-1
Architecture: all
Size: ${size}
Installed-Size: 1
SHA256: ${'a'.repeat(64)}
`;
}

const dryRun = async (hosts: MovedHosts, size: number) =>
  await dryRunRecorded(hosts, recordedUpgrade(), { simulation: transaction(size) });

it('shows what is free against what is needed', async () => {
  await using hosts = await movedHosts('one');
  const { outcome, outlook } = await dryRun(hosts, 2e6);
  expect(outcome).toBe('planned');
  const kept = outlook?.disks.find(({ folders }) => folders.includes('/var/lib/synnefo-upgrade'));
  expect(kept).toMatchObject({ host: 'one', needBytes: expect.any(Number) });
  expect(kept?.freeBytes).toBeGreaterThan(80e9);
  const { outlook: larger } = await dryRun(hosts, 5e6);
  const more = larger?.disks.find(({ folders }) => folders.includes('/var/lib/synnefo-upgrade'));
  expect((more?.needBytes ?? 0) - (kept?.needBytes ?? 0)).toBe(3e6);
});

it('refuses a disk that is too small for the packages', async () => {
  await using hosts = await movedHosts('one');
  const { outcome, failure } = await dryRun(hosts, 81e9);
  expect(outcome).toBe('refused');
  expect(failure).toMatchObject({
    host: 'one',
    what: expect.stringMatching(
      /one: too little room on the disk of .*\/var\/lib\/synnefo-upgrade.*: \d+ MB are needed, and 80320 MB are free/,
    ),
    state: 'Nothing was changed.',
  });
});
