import { describe, expect, it, jest } from '@jest/globals';
import type { UpgradeError } from '../../src/domain/errors.ts';
import type { Stage } from '../../src/domain/step.ts';
import { Executor } from '../../src/executor/executor.ts';
import type { Journal } from '../../src/executor/journal.ts';
import { refuseWords } from '../../src/phases/refuse-words.ts';
import { resolveSteps } from '../../src/phases/resolve-steps.ts';
import { attempt, breakOn, broken, mend, nextJournal, said } from '../support/asking-steps.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** Why words are refused; null where they are not. */
function refusal(journal: Journal, stages: readonly Stage[], words: string, run?: string) {
  try {
    refuseWords(journal, stages, said(words, run));
    return null;
  } catch (error) {
    const { message, details } = error as UpgradeError;
    return { message, output: details.output, state: details.state, next: details.next };
  }
}

describe('words that are about no step that waits', () => {
  it('are refused, and the steps that wait are named', async () => {
    const { hosts, stages, journal } = await broken('fails', 'one', 'two');
    await using _ = hosts;
    const named = { output: 'quota on one\nquota on two', next: expect.stringContaining('`STEP: done`') };
    expect(refusal(journal, stages, 'done')).toMatchObject({
      ...named,
      message: 'the input resolve does not say which step it is about, and 2 wait for a word',
    });
    expect(refusal(journal, stages, 'quote: done\nquota on three: again')).toMatchObject({
      ...named,
      message:
        'the input resolve names quote, and no step of that name waits for a word, and names quota on three, and no step of that name waits for a word',
    });
    for (const words of ['', 'quota: done', 'quota on two: again']) {
      expect(refusal(journal, stages, words)).toBeNull();
    }
  });

  it('are left alone where the step has ended well since, and refused where it only may run again', async () => {
    const { hosts, stages, journal } = await broken('fails', 'one');
    await using _ = hosts;
    await resolveSteps(journal, stages, said('again'));
    expect(refusal(journal, stages, 'again', '18')?.message).toBe(
      'the input resolve says what became of a step, and no step waits for a word',
    );
    expect(refusal(journal, stages, 'quota: again', '18')?.next).toBe(
      'Run the same again without the input resolve.',
    );
    await new Executor(hosts.runner, journal).run(stages);
    expect(refusal(journal, stages, 'again', '18')).toBeNull();
    expect(refusal(journal, stages, 'quota: again', '18')).toBeNull();
    expect(refusal(journal, stages, 'quote: again', '18')).not.toBeNull();
  });
});

describe('words that this run has used', () => {
  it.each([
    ['again', '`again` for quota on one'],
    ['quota: again', '`quota: again` for quota on one'],
  ])('are refused where a step waits: `%s`', async (words, used) => {
    const { hosts, stages } = await broken('fails', 'one');
    await using _ = hosts;
    await breakOn(hosts, 'one', 'dies');
    await expect(attempt(hosts, stages, words)).rejects.toThrow('one: quota died');
    const journal = await nextJournal(hosts);
    expect(refusal(journal, stages, words)).toEqual({
      message: `the input resolve counts once in a run, and this run has used it: ${used}`,
      output: 'quota on one',
      state: expect.stringMatching(/^A step waits for a word, .* Nothing was changed by this attempt\.$/),
      next: expect.stringMatching(/start a new run with the input resolve.*"Re-run failed jobs" would say/),
    });
    expect(refusal(journal, stages, words, '18')).toBeNull();
    expect(refusal(journal, stages, '')).toBeNull();
  });

  it('are left alone where nothing waits any more, whatever became of the step', async () => {
    const { hosts, stages, journal } = await broken('fails', 'one');
    await using _ = hosts;
    await resolveSteps(journal, stages, said('again'));
    // The runner went before the step ran.
    expect(refusal(await nextJournal(hosts), stages, 'again')).toBeNull();
    await attempt(hosts, stages, 'again');
    expect(refusal(await nextJournal(hosts), stages, 'again')).toBeNull();
  });

  it('hold nothing back where another word is about a step that waits', async () => {
    const { hosts, stages } = await broken('fails', 'one', 'two');
    await using _ = hosts;
    const words = 'quota on one: again\nquota on two: again';
    await breakOn(hosts, 'one', 'fails');
    const journal = await nextJournal(hosts);
    await resolveSteps(journal, stages, said('quota on one: again'));
    await expect(
      attempt(hosts, [{ ...stages[0], lanes: [stages[0]?.lanes[0] ?? []] } as Stage], ''),
    ).rejects.toThrow('one: quota');
    await mend(hosts, 'one');
    const next = await nextJournal(hosts);
    expect(refusal(next, stages, words)).toBeNull();
    expect(await resolveSteps(next, stages, said(words))).toEqual(['two: quota runs again, as ann said']);
    expect(refusal(next, stages, words)?.output).toBe('quota on one');
  });
});
