import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import type { Fleet } from '../../../fleet/fleet.ts';
import type { Job, JobStep } from '../../../fleet/job.ts';
import type { Operator } from '../../../fleet/operator.ts';
import { attempt, until } from '../../../fleet/process.ts';
import { type Link, nameOf, runLinks } from './a-chain.ts';
import { allSteps } from './host-journal.ts';
import { expectKept, type Kept } from './kept-locks.ts';
import { errorsIn, plainTail } from './run-log.ts';

/** Milliseconds in which a cancelled process has to be gone. */
const GONE = 5_000;

/** When to cancel: a part of the action's log, or something to look at. */
export type Moment = string | (() => Promise<boolean>);

/** What holds of a cancelled action once its job is over. */
export interface Cancelled extends Kept {
  readonly step: JobStep;
}

/** Cancels an action, as the runner does, ends its job, and looks at what every cancel leaves. */
export async function cancel(
  operator: Operator,
  job: Job,
  { action, inputs }: Link,
  moment: Moment,
): Promise<Cancelled> {
  const { fleet } = operator;
  let log = '';
  const { kill, ended } = job.start(action, { inputs, onOutput: (text) => (log += text) });
  try {
    await reached(moment, action, () => log, ended);
    const [at, said] = [Date.now(), log.length];
    kill('SIGINT');
    const step = await ended;
    expect({ action, late: step.endedAt - at > GONE, log: plainTail(step.log) }).toMatchObject({
      late: false,
    });
    expect(announced(step.log.slice(said))).toEqual([]);
    const steps = await settledSteps(fleet);
    const posts = await job.end(true);
    expect(ids(await allSteps(fleet))).toEqual(steps);
    await expectNoAgent(job);
    return { step, ...(await expectKept(fleet, posts.map(([, { log }]) => log).join('\n'))) };
  } finally {
    kill('SIGKILL');
    await job.end(true);
  }
}

async function reached(
  moment: Moment,
  action: string,
  log: () => string,
  ended: Promise<JobStep>,
): Promise<void> {
  const seen = typeof moment === 'string' ? async () => log().includes(moment) : moment;
  const what = typeof moment === 'string' ? `${moment} in the log of ${action}` : `the moment in ${action}`;
  const early = ended.then((step) => {
    throw new Error(`${action} ended before ${what}:\n${plainTail(step.log)}`);
  });
  await Promise.race([until(what, 90, seen), early]);
}

/** The job's agent has ended with it. */
async function expectNoAgent(job: Job): Promise<void> {
  const { SSH_AUTH_SOCK: socket = '' } = job.env;
  expect(socket).not.toBe('');
  expect(await runsWith(socket)).toEqual([]);
}

/** An action that was cancelled says so, once, and its journal knows of no failure. */
export function expectCancelled({ step, steps }: Cancelled): void {
  expect({ code: step.code, signal: step.signal, outcome: step.outputs.outcome }).toEqual({
    code: 1,
    signal: null,
    outcome: 'cancelled',
  });
  expect(errorsIn(step.log)).toEqual([expect.stringContaining('the run was cancelled (SIGINT)')]);
  expect(step.summary).toMatch(/\*\*The run was cancelled[.;]/);
  expect(steps.filter((each) => !/ (0|open)$| backup-db\./.test(each))).toEqual([]);
}

/**
 * Runs an action that was cancelled again, in the next attempt of its run.
 * @param inputs those of `connect`, where they are not the operator's
 */
export async function goOn(
  operator: Operator,
  runId: string,
  link: Link,
  inputs: Readonly<Record<string, string>> = {},
): Promise<JobStep> {
  using job = await operator.connectedJob(runId, inputs);
  try {
    const [step] = await runLinks(job, [link]);
    if (step === undefined) {
      throw new Error(`${nameOf(link)} did not run`);
    }
    return step;
  } finally {
    await job.end();
  }
}

/** Lines that say that a step of a host begins. */
function announced(log: string): string[] {
  return log.split('\n').filter((line) => /^(node|web|db)\d: /.test(line) && !/: (done|proved)/.test(line));
}

/** What had left the runner when it was cancelled may take a moment to begin. */
async function settledSteps(fleet: Fleet): Promise<string[]> {
  let seen = ids(await allSteps(fleet));
  await until('no step begins any more', 30, async () => {
    await setTimeout(1_000);
    const last = seen;
    seen = ids(await allSteps(fleet));
    return isDeepStrictEqual(seen, last);
  });
  return seen;
}

function ids(steps: readonly string[]): string[] {
  return steps.map((step) => step.replace(/ \S+$/, ''));
}

/** Processes of this machine whose command line has a word. */
export async function runsWith(word: string): Promise<string[]> {
  const { stdout } = await attempt('ps', ['-eww', '-o', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(word));
}
