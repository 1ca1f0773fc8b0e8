import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { parseResolution } from '../../src/domain/resolution.ts';
import type { ScriptStep, Stage } from '../../src/domain/step.ts';
import { Executor } from '../../src/executor/executor.ts';
import { Journal, readJournals } from '../../src/executor/journal.ts';
import { refuseWords } from '../../src/phases/refuse-words.ts';
import { resolveSteps, type Said } from '../../src/phases/resolve-steps.ts';
import { scriptStep } from '../../src/phases/steps.ts';
import { anOwner, lockAll, type MovedHosts, movedHosts, openJournal } from './moved-hosts.ts';

/** How a step does not end well: with an exit code, or with its process, which leaves none. */
export const ENDS = ['fails', 'dies'] as const;
export type End = (typeof ENDS)[number];

/** A step of class `ask` that leaves a trace, and comes to the end that `breakOn` named. */
export function asking(hosts: MovedHosts, host: string): ScriptStep {
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

/** One stage in which it runs on several hosts at once. */
export function askingStage(hosts: MovedHosts, ...names: readonly string[]): Stage {
  return { phase: 'run-steps', title: 'quota', lanes: names.map((name) => [asking(hosts, name)]) };
}

/** Lets the step on this host come to no good end, until it is mended. */
export async function breakOn(hosts: MovedHosts, name: string, end: End): Promise<void> {
  const host = hosts.host(name);
  await host.exec({ title: 'break it', script: `echo ${end} >${host.root}/broken` });
}

export async function mend(hosts: MovedHosts, name: string): Promise<void> {
  const host = hosts.host(name);
  await host.exec({ title: 'mend it', script: `rm ${host.root}/broken` });
}

/** How often the step ran on each of these hosts. */
export async function traces(hosts: MovedHosts, ...names: readonly string[]): Promise<number[]> {
  return await Promise.all(
    names.map(async (name) => {
      const trace = await readFile(join(hosts.host(name).root, 'trace'), 'utf8');
      return trace.split('\n').length - 1;
    }),
  );
}

/** An upgrade whose step came to no good end on each of these hosts, and would come to one now. */
export async function broken(
  end: End,
  ...names: string[]
): Promise<{
  readonly hosts: MovedHosts;
  readonly stages: Stage[];
  readonly journal: Journal;
  readonly traces: () => Promise<number[]>;
}> {
  const hosts = await movedHosts(...names);
  const stages = [askingStage(hosts, ...names)];
  const journal = await openJournal(hosts);
  for (const name of names) {
    await breakOn(hosts, name, end);
  }
  await expect(new Executor(hosts.runner, journal).run(stages)).rejects.toThrow();
  for (const name of names) {
    await mend(hosts, name);
  }
  return { hosts, stages, journal, traces: () => traces(hosts, ...names) };
}

/** What ann said in a workflow run. */
export function said(words: string, run = '17'): Said {
  const key = `run https://github.com/example/cloud ${run}`;
  return { resolution: parseResolution(words), owner: anOwner({ key, actor: 'ann' }) };
}

/** The journal as the next process finds it. */
export async function nextJournal(hosts: MovedHosts): Promise<Journal> {
  return new Journal(hosts.runner, await lockAll(hosts), 'u1', await readJournals(hosts.runner));
}

/** One attempt of a run in which this was said: a process of its own. */
export async function attempt(
  hosts: MovedHosts,
  stages: readonly Stage[],
  words: string,
  run?: string,
): Promise<void> {
  const journal = await nextJournal(hosts);
  refuseWords(journal, stages, said(words, run));
  await resolveSteps(journal, stages, said(words, run));
  await new Executor(hosts.runner, journal).run(stages);
}
