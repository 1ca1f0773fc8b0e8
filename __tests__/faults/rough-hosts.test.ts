import { describe, expect, it } from '@jest/globals';
import { chattyLogin, fewSessions } from '../../fleet/access-faults.ts';
import { delay } from '../../fleet/faults.ts';
import { otherPostinst } from '../../fleet/repository-faults.ts';
import { printed } from '../fleet/support/each-host.ts';
import { FAULT_LIMIT, faultStage } from '../fleet/support/fault-stage.ts';
import { ENDLESS, expectHarmless, HOSTILE, timesPrinted } from '../fleet/support/hostile-printing.ts';
import { planWith } from '../fleet/support/plan-with.ts';
import { errorsIn, expectOutcome } from '../fleet/support/run-log.ts';
import { artifactOf, decrypted, sha256 } from '../fleet/support/scratch.ts';
import { expectUpgraded, lookBefore } from '../fleet/support/upgraded.ts';

/** On a host under each kind of init. */
const SHOUT = `
  - name: shout
    after: install
    roles: [pithos, ganeti]
    run: |
      ${HOSTILE}
      ${ENDLESS}
    repeat: safe
`;

describe('hosts that make it hard', () => {
  const stage = faultStage('spread');

  it(
    'with talking login shells, one session a connection, slow and hanging stops and programs that would drive the runner, are upgraded all the same',
    async () => {
      const { fleet, operator } = stage;
      const before = await lookBefore(fleet);
      for (const { name } of fleet.hosts) {
        await chattyLogin(fleet, name);
      }
      await fewSessions(fleet, 'astakos', 1);
      await fewSessions(fleet, 'db1', 1);
      await delay(fleet, 'pithos', 'gunicorn-stop', 5);
      // Longer than anybody waits: it must be ended by force.
      await delay(fleet, 'cyclades', 'dispatcher-stop', 3600);

      // On a terminal all of it: a step, a maintainer script, a migration and what tells the schema.
      const plan = operator.write('shouting.yml', planWith(SHOUT));
      await otherPostinst(fleet, 'snf-network', `#!/bin/sh\n${HOSTILE}\n`);
      const wrapper = `#!/bin/sh\n{ ${HOSTILE}; } >&2\n${HOSTILE}\nexec /usr/bin/pithos-migrate "$@"\n`;
      await printed(
        fleet,
        'pithos',
        'cat >/usr/local/bin/pithos-migrate; chmod 755 /usr/local/bin/pithos-migrate',
        wrapper,
      );

      const run = await operator.upgrade({ inputs: { plan } });

      expectOutcome(run, 'finished');
      expect(run.code).toBe(0);
      await expectUpgraded(fleet, before);
      // What login shells print is no output of ours, and never a command to the runner.
      expect(errorsIn(run.log)).toEqual([]);
      expectHarmless(run);
      expect(timesPrinted(run)).toBeGreaterThanOrEqual(5);
      expect(run.log).toMatch(/pithos │ x+ … \(and 19\d+ more bytes\)/);
      expect(run.log).toContain('killed, since they did not end');
      const dumps = run.report?.dumps ?? [];
      expect(dumps).toHaveLength(9);
      for (const dump of dumps) {
        const archive = await decrypted(operator, artifactOf(operator, dump.stored));
        expect([archive.subarray(0, 5).toString(), sha256(archive)]).toEqual(['PGDMP', dump.sha256]);
      }
    },
    FAULT_LIMIT,
  );
});
