import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { otherHostKeys, refuseKey, sudoAsks } from '../../fleet/access-faults.ts';
import { alsoAt, holdPackage, smallDisk, wrongClock } from '../../fleet/faults.ts';
import { hidePackages } from '../../fleet/repository-faults.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { expectRefused, type Refusal } from '../fleet/support/refusals.ts';
import { expectOutcome } from '../fleet/support/run-log.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';
import { smallFileSystem } from '../support/small-file-system.ts';

describe('before anything is touched', () => {
  const stage = faultStage('spread');

  function refuses(title: string, refusal: () => Promise<Refusal> | Refusal): void {
    it(title, async () => await expectRefused(stage, await refusal()), FAULT_LIMIT);
  }

  refuses('a wrong host key', async () => {
    const { fleet } = stage;
    // sshd's words about logins, good and bad.
    const logins = 'journalctl --sync; journalctl -u ssh -o cat | grep -E "^(Accepted|Failed)" || true';
    const pinned = await hostKey('pithos');
    const before = await printed(fleet, 'pithos', logins);
    return {
      make: () => otherHostKeys(fleet, 'pithos'),
      host: 'pithos',
      what: /pithos .* shows the key ssh-ed25519 SHA256:.*, but pinned is/,
      next: /pin it and run the same again/,
      also: async ({ report }) => {
        const what = report?.failure?.what ?? '';
        expect(await hostKey('pithos')).not.toBe(pinned);
        expect(what).toContain(`shows the key ${await hostKey('pithos')}`);
        expect(what).toContain(pinned);
        expect(what).toContain('replace its lines in known-hosts by:');
        expect(what).toContain(`\n${fleet.host('pithos').address} ssh-ed25519 AAAA`);
        // Nothing was sent: not even a login was tried.
        expect(await printed(fleet, 'pithos', logins)).toBe(before);
      },
    };
  });

  refuses('a host that is down', () => ({
    make: async () => {
      await stage.fleet.crash('cyclades');
      return () => stage.fleet.boot('cyclades');
    },
    away: ['cyclades'],
    host: 'cyclades',
    what: /cyclades .* cannot be reached/,
    next: /See that the host is up/,
  }));

  refuses('a key without rights', () => ({
    make: () => refuseKey(stage.fleet, 'node1'),
    host: 'node1',
    what: /node1 .* refuses the login of upgrade: .*Offered: ssh-ed25519 SHA256:.*authorized_keys/,
    next: /Let the host accept the key/,
  }));

  refuses('sudo that asks for a password', () => ({
    make: () => sudoAsks(stage.fleet, 'db1'),
    host: 'db1',
    what: /upgrade cannot become root without a password .*NOPASSWD/,
    next: /sudo -n/,
  }));

  refuses('one machine under two names', () => {
    const { fleet } = stage;
    const address = fleet.host('node1').address.replace(/\d+$/, '250');
    const inventory = readFileSync(fleet.inventoryFile, 'utf8');
    const twin = `  twin: { address: ${address}, user: upgrade }\n`;
    return {
      make: () => alsoAt(fleet, 'node1', address),
      request: {
        inputs: {
          inventory: inventory.replace(/^databases:/m, `${twin}databases:`),
          'known-hosts': `${fleet.knownHosts}${fleet.knownHosts.replaceAll(fleet.host('node1').address, address)}`,
        },
      },
      host: 'twin',
      what: /twin: it is the same machine as node1/,
      next: /Mend what is named/,
    };
  });

  refuses('a clock that is off', () => ({
    make: () => wrongClock(stage.fleet, 'node1', 2),
    host: 'node1',
    what: /node1: its clock is 7\d{3} s ahead of the runner's: set it/,
    next: /Mend what is named/,
  }));

  refuses('a disk that is too small for the packages', () => ({
    make: () => smallDisk(stage.fleet, 'node1', '/var/lib/synnefo-upgrade', 8),
    host: 'node1',
    what: /node1: too little room on the disk of \/var\/lib\/synnefo-upgrade: \d+ MB are needed, and 8 MB are free/,
    next: /Mend what is named/,
  }));

  refuses('a runner whose disk is too small for the dumps', async () => {
    const small = await smallFileSystem('256k');
    return {
      make: async () => async () => await small[Symbol.asyncDispose](),
      request: { env: { RUNNER_TEMP: small.path } },
      host: null,
      what: /the runner: too little room on the disk of .*: at least \d+ MB are needed, and 0 MB are free/,
      next: /Mend what is named/,
    };
  });

  refuses('no such database', () => ({
    request: {
      inputs: {
        inventory: edited('snf_cyclades', 'snf_cyklades'),
      },
    },
    host: 'db1',
    what: /there is no database snf_cyklades on the server of port 5432/,
    next: /Mend what is named/,
  }));

  refuses('a database on a host that has no server', () => ({
    request: {
      inputs: {
        inventory: edited('name: snf_astakos, on: db1', 'name: snf_astakos, on: node1'),
      },
    },
    host: 'node1',
    what: /node1: the database server on port 5432 does not answer: .*failed: No such file or directory/s,
    next: /Mend what is named/,
  }));

  refuses('a role on a host that has nothing of it', () => ({
    request: { inputs: { inventory: edited(/(db1: \{ address: [^,]+)/, '$1, roles: [ganeti]') } },
    host: 'db1',
    what: /db1: there is no service snf-ganeti-eventd/,
    next: /Mend what is named/,
    also: ({ report }) => {
      expect(report?.failure?.what).toContain(
        'db1: snf-common is not installed, and the plan upgrades from >= 0.15, < 0.16~',
      );
    },
  }));

  refuses('a health check that nobody answers, by the inventory', () => ({
    request: {
      inputs: {
        inventory: `${readFileSync(stage.fleet.inventoryFile, 'utf8').trimEnd()}
health: { pithos: [{ http: "http://127.0.0.1:8089/" }] }
`,
      },
    },
    host: 'pithos',
    what: /pithos runs, and does not answer at http.*8089.* as it has to/,
    next: /Mend what is named/,
  }));

  refuses('no candidate in the wanted version', () => ({
    make: () => hidePackages(stage.fleet, /^snf-network_0\.16/),
    host: 'node1',
    what: /no version of snf-network in the wanted range \(>= 0\.16~, < 0\.17~\) is on offer; 0\.17-1, 0\.15\.2-1 are/,
    next: /in the repository/,
  }));

  refuses('a package on hold', () => ({
    make: () => holdPackage(stage.fleet, 'node1', 'snf-network'),
    host: 'node1',
    what: /node1: snf-network is on hold and would be changed/,
    next: /Mend what is named/,
  }));

  refuses('dumps without encryption that nobody asked for', () => ({
    request: { inputs: { 'encrypt-to': '' } },
    host: null,
    what: /dumps would be uploaded as they are: give encrypt-to .* or set unencrypted-dumps to accept/,
    next: /Correct this/,
  }));

  refuses('dumps without encryption in a public repository', () => ({
    request: {
      inputs: { 'encrypt-to': '', 'unencrypted-dumps': 'accept' },
      env: { GITHUB_EVENT_PATH: publicEvent() },
    },
    host: null,
    what: /not known to be private: everybody could download them; give encrypt-to/,
    next: /Correct this/,
  }));

  it(
    'and when all of it is repaired, the same command completes the upgrade',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      const run = await operator.upgrade();
      expectOutcome(run, 'finished');
      expect(run.code).toBe(0);
      // Its hosts have keys of their own, and room.
      expect(run.report?.notes.filter((note) => /a key of|no room/.test(note))).toEqual([]);
      await expectUpgraded(fleet, before);
    },
    FAULT_LIMIT,
  );

  async function hostKey(host: string): Promise<string> {
    const line = await printed(stage.fleet, host, 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    return `ssh-ed25519 ${line.split(' ')[1]}`;
  }

  /** The fleet's inventory with another word in it. @throws Error where the old one is not in it */
  function edited(old: string | RegExp, fresh: string): string {
    const text = readFileSync(stage.fleet.inventoryFile, 'utf8');
    const other = text.replace(old, fresh);
    if (other === text) {
      throw new Error(`the inventory has no ${old}:\n${text}`);
    }
    return other;
  }

  /** Where GitHub writes what started the run. */
  function publicEvent(): string {
    const event = { repository: { private: false, visibility: 'public' } };
    return `${stage.operator.folder}/workspace/${stage.operator.write('public.json', JSON.stringify(event))}`;
  }
});
