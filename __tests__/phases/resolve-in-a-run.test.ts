import { describe, expect, it, jest } from '@jest/globals';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { Executor } from '../../src/executor/executor.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { releaseAll } from '../../src/executor/lock.ts';
import { spendWord } from '../../src/executor/spent-words.ts';
import { runSteps } from '../../src/phases/run-steps.ts';
import { planText } from '../../src/phases/take-up.ts';
import { aStep } from '../domain/examples.ts';
import { said } from '../support/asking-steps.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';
import { dryRunRecorded, recordedUpgrade } from '../support/recorded-upgrade.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** An unfinished upgrade whose own step failed, and for which the run 17 has used its word. */
async function spentInARun(hosts: MovedHosts): Promise<ResolvedPlan> {
  const upgrade = recordedUpgrade();
  const steps = [aStep({ name: 'quota', after: 'prepare', hosts: ['one'], run: 'exit 1', repeat: 'ask' })];
  const begun = { ...upgrade, plan: { ...upgrade.plan, steps } };
  const journal = await openJournal(hosts, 'u1', planText(begun));
  const executor = new Executor(hosts.runner, journal);
  await expect(executor.run(runSteps(begun, 'prepare', new Map()))).rejects.toThrow('one: quota');
  const run = said('').owner.key;
  await spendWord(journal, { run, host: 'one', step: 'run-steps.quota', about: null, verdict: 'again' });
  await releaseAll(hosts.runner, journal.lock);
  return begun;
}

describe('a run that says again what it has used', () => {
  it.each([true, false])('is refused before it changes anything (dry run: %s)', async (dryRun) => {
    await using hosts = await movedHosts('one');
    const upgrade = await spentInARun(hosts);
    const before = await stateOn(hosts);
    expect(await dryRunRecorded(hosts, upgrade, { ...said('again', '17'), dryRun })).toMatchObject({
      outcome: 'refused',
      failure: { what: expect.stringContaining('this run has used it: `again` for quota on one') },
    });
    expect(await stateOn(hosts)).toEqual(before);
  });

  it('may be said anew by another run', async () => {
    await using hosts = await movedHosts('one');
    const upgrade = await spentInARun(hosts);
    expect(await dryRunRecorded(hosts, upgrade, said('again', '18'))).toMatchObject({ outcome: 'planned' });
  });
});

async function stateOn(hosts: MovedHosts): Promise<unknown> {
  const [one] = (await readJournals(hosts.runner)).values();
  return { steps: one?.steps, records: one?.records };
}
