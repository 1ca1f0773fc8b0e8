import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { UpgradeError } from '../../src/domain/errors.ts';
import { parseResolution } from '../../src/domain/resolution.ts';
import type { ScriptStep, Stage } from '../../src/domain/step.ts';
import { Executor } from '../../src/executor/executor.ts';
import { type Journal, readJournals } from '../../src/executor/journal.ts';
import { refuseIdleWords, resolveSteps, waitingSteps } from '../../src/phases/resolve-steps.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** How a step does not end well: with an exit code, or with its process, which leaves none. */
const ENDS = ['fails', 'dies'] as const;
type End = (typeof ENDS)[number];

/** A script that leaves a trace, and comes to the end that the file `broken` beside the journal names. */
function asking(hosts: MovedHosts, host: string): ScriptStep {
  const { root } = hosts.host(host);
  return scriptStep({
    id: 'run-steps.quota',
    phase: 'run-steps',
    host,
    title: 'quota',
    script: `echo ran >>${root}/trace
      case $(cat ${root}/broken 2>/dev/null) in fails) exit 1 ;; dies) kill -KILL $PPID ;; esac`,
    repeat: 'ask',
  });
}

async function broken(
  end: End,
  ...names: string[]
): Promise<{
  readonly hosts: MovedHosts;
  readonly stages: Stage[];
  readonly journal: Journal;
  readonly traces: () => Promise<number[]>;
}> {
  const hosts = await movedHosts(...names);
  const stages: Stage[] = [
    { phase: 'run-steps', title: 'quota', lanes: names.map((name) => [asking(hosts, name)]) },
  ];
  const journal = await openJournal(hosts);
  for (const name of names) {
    await hosts
      .host(name)
      .exec({ title: 'break it', script: `echo ${end} >${hosts.host(name).root}/broken` });
  }
  await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toThrow();
  for (const name of names) {
    await hosts.host(name).exec({ title: 'mend it', script: `rm ${hosts.host(name).root}/broken` });
  }
  const traces = async (): Promise<number[]> =>
    await Promise.all(
      names.map(async (name) => {
        const trace = await readFile(join(hosts.host(name).root, 'trace'), 'utf8');
        return trace.split('\n').length - 1;
      }),
    );
  return { hosts, stages, journal, traces };
}

describe.each(ENDS)('a step that %s, of which a person says what became of it', (end) => {
  it('stops the next run with words, and is not repeated', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, parseResolution(''), 'ann')).toEqual([]);
    await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toMatchObject({
      message: 'one: quota was begun before and did not end well',
      details: { next: expect.stringContaining('run again with the input resolve: `done`') },
    });
    expect(await traces()).toEqual([1]);
  });

  it('counts as done when that is said, in this run and in the next', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, parseResolution('done'), 'ann')).toEqual([
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
    await resolveSteps(journal, stages, parseResolution('again'), 'ann');
    await new Executor(hosts.runner, journal).run(stages);
    expect(await traces()).toEqual([2]);
  });

  it('wants names where two wait', async () => {
    const { hosts, stages, journal, traces } = await broken(end, 'one', 'two');
    await using _ = hosts;
    expect(await resolveSteps(journal, stages, parseResolution('again'), 'ann')).toEqual([]);
    const words = parseResolution('quota on one: done\nquota on two: again');
    expect(await resolveSteps(journal, stages, words, 'ann')).toHaveLength(2);
    await new Executor(hosts.runner, journal).run(stages);
    expect(await traces()).toEqual([1, 2]);
  });
});

describe('words that are about no step that waits', () => {
  /** Why words are refused; null where they are not. */
  function refusal(journal: Journal, stages: readonly Stage[], words: string) {
    try {
      refuseIdleWords(journal, stages, parseResolution(words));
      return null;
    } catch (error) {
      const { message, details } = error as UpgradeError;
      return { message, output: details.output, next: details.next };
    }
  }

  it('are refused, and the steps that wait are named', async () => {
    const { hosts, stages, journal } = await broken('fails', 'one', 'two');
    await using _ = hosts;
    const said = { output: 'quota on one\nquota on two', next: expect.stringContaining('`STEP: done`') };
    expect(refusal(journal, stages, 'done')).toEqual({
      ...said,
      message: 'the input resolve does not say which step it is about, and 2 wait for a word',
    });
    expect(refusal(journal, stages, 'quote: done\nquota on three: again')).toEqual({
      ...said,
      message:
        'the input resolve names quote, and no step of that name waits for a word, and names quota on three, and no step of that name waits for a word',
    });
    for (const words of ['', 'quota: done', 'quota on two: again']) {
      expect(refusal(journal, stages, words)).toBeNull();
    }
  });

  it('are left alone where the step has ended well since: an attempt has the inputs of the one before', async () => {
    const { hosts, stages, journal } = await broken('fails', 'one');
    await using _ = hosts;
    await resolveSteps(journal, stages, parseResolution('again'), 'ann');
    expect(refusal(journal, stages, 'again')?.message).toBe(
      'the input resolve says what became of a step, and no step waits for a word',
    );
    expect(refusal(journal, stages, 'quota: again')?.next).toBe(
      'Run the same again without the input resolve.',
    );
    await new Executor(hosts.runner, journal).run(stages);
    expect(refusal(journal, stages, 'again')).toBeNull();
    expect(refusal(journal, stages, 'quota: again')).toBeNull();
    expect(refusal(journal, stages, 'quote: again')).not.toBeNull();
  });
});
