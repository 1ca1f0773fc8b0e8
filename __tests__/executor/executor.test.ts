import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { until } from '../../fleet/process.ts';
import type { UpgradeError } from '../../src/domain/errors.ts';
import type { CheckStep, RunnerStep, ScriptStep, Stage, Step } from '../../src/domain/step.ts';
import { Executor } from '../../src/executor/executor.ts';
import { Journal, readJournals } from '../../src/executor/journal.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { lockAll, type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

function aStage(...lanes: readonly Step[][]): Stage {
  return { phase: 'prepare', title: 'try', lanes };
}

function script(host: string, id: string, text: string, overrides: Partial<ScriptStep> = {}): ScriptStep {
  return scriptStep({ id, phase: 'prepare', host, title: id, script: text, ...overrides });
}

function check(host: string, text: string, overrides: Partial<CheckStep> = {}): CheckStep {
  return {
    kind: 'check',
    id: 'verify.it',
    phase: 'verify',
    host,
    title: 'it holds',
    script: text,
    commands: [],
    judge: () => [],
    patience: 0,
    ...overrides,
  };
}

function onRunner(host: string, run: RunnerStep['run']): RunnerStep {
  const rest = {
    id: 'backup-db.it',
    phase: 'backup-db',
    title: 'dump it',
    commands: [],
    databases: [],
  } as const;
  return { kind: 'runner', host, run, isDone: () => false, ...rest };
}

/** What the steps wrote into the hosts' shared list, in order. */
function listOf(hosts: MovedHosts): { readonly file: string; lines(): Promise<string[]> } {
  const file = join(hosts.host('a').root, '..', 'list');
  return {
    file,
    lines: async () => (existsSync(file) ? (await readFile(file, 'utf8')).trim().split('\n') : []),
  };
}

/** The journal as the next process of the run finds it. */
async function next(hosts: MovedHosts): Promise<Journal> {
  const journal = new Journal(hosts.runner, await lockAll(hosts), 'u1', await readJournals(hosts.runner));
  await journal.open('{}\n');
  return journal;
}

async function failureOf(work: Promise<unknown>): Promise<UpgradeError> {
  return (await work.then(
    () => Promise.reject(new Error('it ended well')),
    (error: unknown) => error,
  )) as UpgradeError;
}

describe('Executor.run', () => {
  it('runs a lane in order, lanes side by side, and stages one after the other', async () => {
    await using hosts = await movedHosts('a', 'b');
    const list = listOf(hosts);
    const meet = (own: string, other: string): string =>
      `touch ${list.file}.${own}; until [ -e ${list.file}.${other} ]; do sleep 0.02; done`;
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    await executor.run([
      // Each waits for the other: one after the other they would wait for ever.
      aStage(
        [script('a', 's.1', meet('a', 'b')), script('a', 's.2', `echo a2 >>${list.file}`)],
        [script('b', 's.1', meet('b', 'a'))],
      ),
      aStage([]),
      aStage([script('b', 's.3', `echo b3 >>${list.file}`)]),
    ]);
    expect(await list.lines()).toEqual(['a2', 'b3']);
    expect(hosts.log.lines.filter((line) => line.startsWith('group'))).toHaveLength(2);
  });

  it('starts no stage after a failure, and no further step of any lane', async () => {
    await using hosts = await movedHosts('a', 'b');
    const list = listOf(hosts);
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const failed = `echo failed >>${list.file}; exit 2`;
    const waits = `until grep -q failed ${list.file}; do sleep 0.02; done; sleep 0.5; echo ended >>${list.file}`;
    const work = executor.run([
      aStage(
        [script('a', 's.1', failed)],
        [script('b', 's.1', waits), script('b', 's.2', `echo no >>${list.file}`)],
      ),
      aStage([script('a', 's.9', `echo no >>${list.file}`)]),
    ]);
    expect((await failureOf(work)).message).toBe('a: s.1 ended with exit code 2');
    expect(await list.lines()).toEqual(['failed', 'ended']);
    const told = hosts.log.lines.filter((line) => !line.includes('│'));
    expect(told.slice(-3).map((line) => line.replace(/[\d.]+ s$/, 'N s'))).toEqual([
      'b: s.1: done in N s',
      'end of group',
      'prepare: try failed after N s',
    ]);
    expect(told.some((line) => /^a: s\.1: failed after [\d.]+ s$/.test(line))).toBe(true);
  });

  it('goes on in the other lanes of a stage that says so, and has all of its failures', async () => {
    await using hosts = await movedHosts('a', 'b');
    const list = listOf(hosts);
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const slow = script('b', 's.1', 'sleep 0.5');
    const stage = aStage(
      [script('a', 's.1', 'exit 3')],
      [slow, script('b', 's.2', `echo b2 >>${list.file}`)],
    );
    const failure = await failureOf(executor.run([{ ...stage, independent: true }]));
    expect(failure.message).toContain('ended with exit code 3');
    expect(await list.lines()).toEqual(['b2']);
  });

  it('has all failures of one stage', async () => {
    await using hosts = await movedHosts('a', 'b');
    const list = listOf(hosts);
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const together = (own: string, other: string): string =>
      `touch ${list.file}.${own}; until [ -e ${list.file}.${other} ]; do sleep 0.02; done; exit 3`;
    const work = executor.run([
      aStage([script('a', 's.1', together('a', 'b'))], [script('b', 's.1', together('b', 'a'))]),
    ]);
    const { errors } = (await failureOf(work)) as unknown as AggregateError;
    expect(errors.map(({ message }: Error) => message).toSorted()).toEqual([
      'a: s.1 ended with exit code 3',
      'b: s.1 ended with exit code 3',
    ]);
  });

  it('skips what an earlier process finished, and repeats what failed', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const stages = (second: string): Stage[] => [
      aStage([script('a', 's.1', `echo one >>${list.file}`), script('a', 's.2', second)]),
    ];
    const first = new Executor(hosts.runner, await openJournal(hosts));
    await failureOf(first.run(stages(`echo two >>${list.file}; exit 1`)));
    await new Executor(hosts.runner, await next(hosts)).run(stages(`echo mended >>${list.file}`));
    expect(await list.lines()).toEqual(['one', 'two', 'mended']);
    expect(hosts.log.lines).toContain('a: s.1: done already');
  });

  it('leaves what no longer holds to the step that uses it, while that one runs', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const made = script('a', 's.1', `echo made >>${list.file}`, { check: 'exit 1', usedBy: 's.2' });
    const cancel = new AbortController();
    const dying = { ...hosts.runner, signal: cancel.signal };
    const user = script(
      'a',
      's.2',
      `echo used >>${list.file}; until [ -e ${list.file}.go ]; do sleep 0.02; done`,
    );
    const first = new Executor(dying, await openJournal(hosts)).run([aStage([made]), aStage([user])]);
    await until('it is used', 30, async () => (await list.lines()).includes('used'));
    cancel.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');

    const again = [aStage([made]), aStage([user])];
    const second = new Executor(hosts.runner, await next(hosts)).run(again);
    await until('it is followed', 30, async () =>
      hosts.log.lines.some((line) => /s\.2.*following/.test(line)),
    );
    await writeFile(`${list.file}.go`, '');
    await second;
    expect(await list.lines()).toEqual(['made', 'used']);
    await new Executor(hosts.runner, await next(hosts)).run(again);
    expect(await list.lines()).toEqual(['made', 'used', 'made']);
  });

  it('repeats what was finished and no longer holds', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const file = `${list.file}.made`;
    const step = script('a', 's.1', `echo made >>${list.file}; touch ${file}`, {
      check: `[ -e ${file} ] || { echo "it is gone"; exit 1; }`,
    });
    await new Executor(hosts.runner, await openJournal(hosts)).run([aStage([step])]);
    await new Executor(hosts.runner, await next(hosts)).run([aStage([step])]);
    expect(await list.lines()).toEqual(['made']);
    await rm(file);
    await new Executor(hosts.runner, await next(hosts)).run([aStage([step])]);
    expect(await list.lines()).toEqual(['made', 'made']);
    expect(hosts.log.lines).toContain('a: s.1 was done and no longer holds: it is gone');
  });

  it('follows a step that an earlier process began and that still runs', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const cancel = new AbortController();
    const step = script(
      'a',
      's.1',
      `echo begun >>${list.file}; until [ -e ${list.file}.go ]; do sleep 0.02; done; echo last words`,
    );
    const dying = new Executor({ ...hosts.runner, signal: cancel.signal }, await openJournal(hosts));
    const work = dying.run([aStage([step])]);
    await hosts.host('a').exec({ title: 'wait', script: `until [ -e ${list.file} ]; do sleep 0.02; done` });
    cancel.abort(new Error('the runner is gone'));
    await expect(work).rejects.toThrow('the runner is gone');
    const journal = await next(hosts);
    await writeFile(`${list.file}.go`, '');
    await new Executor(hosts.runner, journal).run([aStage([step])]);
    expect(await list.lines()).toEqual(['begun']);
    expect(hosts.log.lines).toContain('a: s.1 runs already; following it');
    expect(hosts.log.lines).toContain('a │ last words');
  });

  it('does not repeat a step that wants its database restored first', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const step = script('a', 's.1', `echo half >>${list.file}; exit 1`, { repeat: 'restore-first' });
    await failureOf(new Executor(hosts.runner, await openJournal(hosts)).run([aStage([step])]));
    const error = await failureOf(new Executor(hosts.runner, await next(hosts)).run([aStage([step])]));
    expect(error.message).toBe('a: s.1 was begun before and did not end well');
    expect(error.details.state).toContain('half of its work');
    expect(await list.lines()).toEqual(['half']);
  });

  it('begins such a step that never came to run', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    await openJournal(hosts);
    const folder = `${hosts.host('a').root}/upgrades/u1/steps/s.1`;
    await hosts.host('a').exec({ title: 'crash', script: `mkdir ${folder}; echo 1 >${folder}/epoch` });
    const step = script('a', 's.1', `echo ran >>${list.file}`, { repeat: 'restore-first' });
    await new Executor(hosts.runner, await next(hosts)).run([aStage([step])]);
    expect(await list.lines()).toEqual(['ran']);
  });

  it('does nothing more once it is cancelled', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const cancel = new AbortController();
    const executor = new Executor({ ...hosts.runner, signal: cancel.signal }, await openJournal(hosts));
    const stop = onRunner('a', async () => cancel.abort(new Error('cancelled')));
    const work = executor.run([aStage([stop, script('a', 's.1', `echo no >>${list.file}`)])]);
    await expect(work).rejects.toThrow('cancelled');
    expect(await list.lines()).toEqual([]);
  });
});

describe('a check', () => {
  it('passes by exit code and by its judge', async () => {
    await using hosts = await movedHosts('a');
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const seen: string[] = [];
    const judge = (output: string): string[] => {
      seen.push(output);
      return [];
    };
    await executor.run([aStage([check('a', 'echo fine', { judge })])]);
    expect(seen).toEqual(['fine\n']);
  });

  it('refuses in the words of its judge', async () => {
    await using hosts = await movedHosts('a');
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const step = check('a', 'echo 0.15', { judge: () => ['app is 0.15', 'lib is missing'] });
    const error = await failureOf(executor.run([aStage([step])]));
    expect(error.message).toMatch(/^a: it holds: .*app is 0\.15; lib is missing$/);
    expect(error.details.output).toBe('0.15');
  });

  it('judges all of its output, and shows what of it is for people', async () => {
    await using hosts = await movedHosts('a');
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const judge = (output: string): string[] => [`judged ${output.trim().split('\n').length} lines`];
    const shown = (output: string): string => output.replaceAll(/^record .*$/gm, '');
    const step = check('a', 'echo words; echo record 1; echo record 2', { judge, shown });
    const error = await failureOf(executor.run([aStage([step])]));
    expect(error.message).toContain('judged 3 lines');
    expect(error.details.output).toBe('words');
  });

  it('refuses by exit code, whatever its judge would say', async () => {
    await using hosts = await movedHosts('a');
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const step = check('a', 'echo half; echo no >&2; exit 5', { shown: () => '' });
    const error = await failureOf(executor.run([aStage([step])]));
    expect(error.message).toBe('a: it holds ended with exit code 5');
    expect(error.details.output).toBe('half\nno');
  });

  it('is asked again for as long as it has patience', async () => {
    await using hosts = await movedHosts('a');
    const list = listOf(hosts);
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const step = check('a', `echo asked >>${list.file}; [ $(wc -l <${list.file}) -ge 3 ]`, { patience: 60 });
    await executor.run([aStage([step])]);
    expect(await list.lines()).toEqual(['asked', 'asked', 'asked']);
  });

  it('has nothing left to say once another step has begun', async () => {
    await using hosts = await movedHosts('a');
    const executor = new Executor(hosts.runner, await openJournal(hosts));
    const step = check('a', 'exit 1', { until: 's.1' });
    await failureOf(executor.run([aStage([step])]));
    await executor.run([aStage([script('a', 's.1', 'true')]), aStage([step])]);
    await new Executor(hosts.runner, await next(hosts)).run([aStage([step])]);
  });

  it('leaves nothing in the journal', async () => {
    await using hosts = await movedHosts('a');
    const journal = await openJournal(hosts);
    await new Executor(hosts.runner, journal).run([aStage([check('a', 'true')])]);
    expect(journal.steps()).toEqual([]);
    expect((await next(hosts)).steps()).toEqual([]);
  });
});
