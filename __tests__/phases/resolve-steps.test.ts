import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Executor } from '../../src/executor/executor.ts';
import { readJournals } from '../../src/executor/journal.ts';
import { resolveSteps, waitingSteps } from '../../src/phases/resolve-steps.ts';
import {
  askingStage,
  attempt,
  breakOn,
  broken,
  ENDS,
  mend,
  nextJournal,
  said,
  traces as tracesOn,
} from '../support/asking-steps.ts';
import { type MovedHosts, movedHosts } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

describe.each(ENDS)('a step that %s, of which a person says what became of it', (end) => {
  it('stops the next run with words, and is not repeated', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, said(''))).toEqual([]);
    await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toMatchObject({
      message: 'one: quota was begun before and did not end well',
      details: { next: expect.stringContaining('run again with the input resolve: `done`') },
    });
    expect(await traces()).toEqual([1]);
  });

  it('counts as done when that is said, in this run and in the next', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, said('done'))).toEqual([
      'one: quota counts as done, as ann said',
    ]);
    await new Executor(hosts.runner, journal).run(stages);
    expect(await traces()).toEqual([1]);
    expect(waitingSteps(journal, stages)).toEqual([]);
    const [read] = (await readJournals(hosts.runner)).values();
    const state = read?.steps.get('run-steps.quota')?.state;
    expect(state).toMatchObject({
      kind: 'ended',
      rc: 0,
      started: expect.any(Number),
      ended: expect.any(Number),
    });
    const folder = join(hosts.host('one').root, 'upgrades', journal.upgrade, 'steps', 'run-steps.quota');
    expect(await readFile(join(folder, 'resolved'), 'utf8')).toBe(
      `ann said that it is done; its exit code was ${end === 'fails' ? 1 : 'unknown'}\n`,
    );
  });

  it('runs again when that is said, its first attempt kept aside', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one');
    await using _ = hosts;
    await resolveSteps(journal, stages, said('again'));
    await new Executor(hosts.runner, journal).run(stages);
    expect(await traces()).toEqual([2]);
  });

  it('wants names where two wait', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one', 'two');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, said('again'))).toEqual([]);
    const words = said('quota on one: done\nquota on two: again');
    expect(await resolveSteps(journal, stages, words)).toHaveLength(2);
    await new Executor(hosts.runner, journal).run(stages);
    expect(await traces()).toEqual([1, 2]);
  });

  it.each(['again', 'quota: again'])(
    'is not run a third time by the next attempt with `%s`',
    async (words) => {
      const { hosts, stages, traces } = await broken(end, 'one');
      await using _ = hosts;
      await breakOn(hosts, 'one', end);
      await expect(attempt(hosts, stages, words)).rejects.toThrow(/quota (died|ended with exit code 1)/);
      await mend(hosts, 'one');

      const journal = await nextJournal(hosts);
      expect(await resolveSteps(journal, stages, said(words))).toEqual([]);
      await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toThrow('was begun before');
      expect(await traces()).toEqual([2]);

      await attempt(hosts, stages, words, '18');
      expect(await traces()).toEqual([3]);
    },
  );
});

describe('a word that was used', () => {
  it('without a name takes no other step that died since', async () => {
    await using hosts = await movedHosts('one', 'two');
    const stages = [askingStage(hosts, 'one'), askingStage(hosts, 'two')];
    await breakOn(hosts, 'one', 'fails');
    await expect((await nextJournal(hosts)).open('{}\n')).resolves.toBeUndefined();
    await expect(attempt(hosts, stages, '')).rejects.toThrow('one: quota ended with exit code 1');
    await mend(hosts, 'one');
    await breakOn(hosts, 'two', 'fails');
    await expect(attempt(hosts, stages, 'again')).rejects.toThrow('two: quota ended with exit code 1');
    await mend(hosts, 'two');
    expect(await tracesOn(hosts, 'one', 'two')).toEqual([2, 1]);

    expect(await resolveSteps(await nextJournal(hosts), stages, said('again'))).toEqual([]);
    expect(await resolveSteps(await nextJournal(hosts), stages, said('done', '18'))).toEqual([
      'two: quota counts as done, as ann said',
    ]);
  });

  it('with a name takes each step of that name once', async () => {
    const { hosts, stages, traces } = await broken('fails', 'one', 'two');
    await using _ = hosts;
    await breakOn(hosts, 'two', 'fails');
    await expect(attempt(hosts, stages, 'quota on one: done\nquota: again')).rejects.toThrow('two: quota');
    await mend(hosts, 'two');
    expect(await traces()).toEqual([1, 2]);
    const words = said('quota on two: again');
    expect(await resolveSteps(await nextJournal(hosts), stages, words)).toEqual([]);
  });

  /** Lets one command fail as if the process died before it. */
  function dieAt(hosts: MovedHosts, title: string): { revive(): void } {
    const host = hosts.host('one');
    const exec = host.exec.bind(host);
    host.exec = async (command, options) => {
      if (command.title === title) {
        throw new Error('the runner died');
      }
      return await exec(command, options);
    };
    return {
      revive() {
        host.exec = exec;
      },
    };
  }

  it.each([
    ['again', 'put restored steps aside'],
    ['done', 'let run-steps.quota count as done'],
  ])('is lost, not kept, where the runner dies before `%s` was done', async (words, title) => {
    const { hosts, stages, journal } = await broken('fails', 'one');
    await using _ = hosts;
    const death = dieAt(hosts, title);
    await expect(resolveSteps(journal, stages, said(words))).rejects.toThrow('the runner died');
    death.revive();
    expect(waitingSteps(await nextJournal(hosts), stages)).toHaveLength(1);
    expect(await resolveSteps(await nextJournal(hosts), stages, said(words))).toEqual([]);
    expect(await resolveSteps(await nextJournal(hosts), stages, said(words, '18'))).toHaveLength(1);
  });

  it('is not used before that is written down', async () => {
    const { hosts, stages, journal, traces } = await broken('fails', 'one');
    await using _ = hosts;
    const death = dieAt(hosts, 'record words');
    await expect(resolveSteps(journal, stages, said('again'))).rejects.toThrow('the runner died');
    death.revive();
    expect(waitingSteps(await nextJournal(hosts), stages)).toHaveLength(1);
    await attempt(hosts, stages, 'again');
    expect(await traces()).toEqual([2]);
  });
});
