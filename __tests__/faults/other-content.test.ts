import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { UpgradeRun } from '../../fleet/operator.ts';
import { packagesOn } from '../../fleet/oracle.ts';
import { alterPackage } from '../../fleet/repository-faults.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { hostsThat } from '../fleet/support/host-journal.ts';
import { expectOutcome } from '../fleet/support/run-log.ts';
import { expectTold } from '../fleet/support/told-failure.ts';

const PACKAGE = 'snf-pithos-webclient';
const HOST = 'node2';
const NOT_NOW = '/root/not-now';
const TOLD = { outcome: 'unfinished', host: HOST, state: /What was stopped stays stopped/ } as const;

/** A package that nothing but the state of its host keeps from being unpacked. */
function waiting(tree: string): void {
  const script = `#!/bin/sh\ntest ! -e ${NOT_NOW}\n`;
  writeFileSync(join(tree, 'DEBIAN', 'preinst'), script, { mode: 0o755 });
}

describe('an approved upgrade whose apt fails before it unpacked everything', () => {
  const stage = faultStage('compact');
  let digest: string;

  /** Bound, and by hand: the journal binds that one. */
  const bound = (): Promise<UpgradeRun> => stage.operator.upgrade({ inputs: { 'plan-digest': digest } });
  const byHand = (): Promise<UpgradeRun> => stage.operator.upgrade();

  async function version(): Promise<string | undefined> {
    return (await packagesOn(stage.fleet, HOST))[PACKAGE];
  }

  it(
    'is told what is missing, while the repository is down',
    async () => {
      const { fleet, operator } = stage;
      await alterPackage(fleet, PACKAGE, '0.16.2-1', waiting);
      const planned = await operator.upgrade({ inputs: { 'dry-run': 'true' } });
      digest = planned.outputs['plan-digest'] ?? '';
      await printed(fleet, HOST, `touch ${NOT_NOW}`);
      expectTold(await bound(), {
        ...TOLD,
        what: /node2: apt-get install ended with exit code 100/,
        next: /again/,
      });
      expect(await version()).not.toContain('0.16.2-1');

      await printed(fleet, HOST, `rm /var/lib/synnefo-upgrade/upgrades/*/archives/${PACKAGE}_*.deb`);
      await fleet.repository.stop();
      expectTold(await byHand(), {
        ...TOLD,
        what: /node2: download the packages ended with exit code 100/,
        command: /download the packages/,
        output: /Could not connect|Connection refused|Failed to fetch/,
        next: /Mend what is named above, and run the same again/,
      });
      await fleet.repository.start();
    },
    FAULT_LIMIT,
  );

  it(
    'takes no other content under the approved version, and goes on when the approved one is back',
    async () => {
      const { fleet } = stage;
      const back = await alterPackage(fleet, PACKAGE, '0.16.2-1', (tree) => {
        writeFileSync(join(tree, 'usr', 'share', 'note'), 'another content');
      });
      await printed(fleet, HOST, `rm ${NOT_NOW}; apt-get -q update`);
      for (const run of [bound, byHand]) {
        expectTold(await run(), {
          ...TOLD,
          what: /node2: the downloaded packages are the planned ones: not so: snf-pithos-webclient 0\.16\.2-1 has another content than planned: SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}/,
          command: /the downloaded packages are the planned ones/,
          next: /Let the repository offer again what was planned, and run the same again/,
        });
        expect(await version()).not.toContain('0.16.2-1');
      }
      await back();
      const last = await byHand();
      expectOutcome(last, 'finished');
      expect(last.outputs['plan-digest']).toBe(digest);
      expect(await version()).toBe('ii 0.16.2-1');
      expect(await printed(fleet, HOST, 'test -e /usr/share/note || echo none')).toContain('none');
      expect(await hostsThat(fleet, 'locked')).toEqual([]);
    },
    FAULT_LIMIT,
  );
});
