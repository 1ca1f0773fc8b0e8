import { expect } from '@jest/globals';
import type { Job, JobStep } from '../../../fleet/job.ts';
import type { Operator } from '../../../fleet/operator.ts';
import { plainTail } from './run-log.ts';

/** An action of the chain with its inputs. */
export interface Link {
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const link = (action: string, inputs: Record<string, string> = {}): Link => ({ action, inputs });

/** The single actions in the order in which a workflow chains them. */
export const CHAIN: readonly Link[] = [
  link('prepare'),
  link('run-steps', { after: 'prepare' }),
  link('stop-services'),
  link('backup-db', { point: 'before' }),
  link('run-steps', { after: 'stop' }),
  link('install-packages'),
  link('run-steps', { after: 'install' }),
  link('migrate'),
  link('backup-db', { point: 'after-migrate' }),
  link('run-steps', { after: 'migrate' }),
  link('backup-db', { point: 'after-steps' }),
  link('start-services'),
  link('verify'),
];

/** As the suite calls a link: `backup-db (point: before)`. */
export function nameOf({ action, inputs }: Link): string {
  const [first] = Object.entries(inputs);
  return first === undefined ? action : `${action} (${first[0]}: ${first[1]})`;
}

/** Runs links one after the other, each a process of its own. @throws Error with the log of one that is not green */
export async function runLinks(job: Job, links: readonly Link[]): Promise<JobStep[]> {
  const steps: JobStep[] = [];
  for (const each of links) {
    const step = await job.run(each.action, { inputs: each.inputs });
    if (step.code !== 0) {
      throw new Error(`${nameOf(each)} ended with exit code ${step.code}:\n${plainTail(step.log)}`);
    }
    steps.push(step);
  }
  return steps;
}

/**
 * A chain over two jobs of one run: the second one knows only the hosts and the artifacts.
 * @param meanwhile something else that the first job does before the services are stopped
 */
export async function runChain(
  operator: Operator,
  runId: string,
  cut: string,
  meanwhile: (job: Job) => Promise<void> = async () => undefined,
): Promise<JobStep[]> {
  const at = CHAIN.findIndex((each) => nameOf(each) === cut);
  const stop = CHAIN.findIndex(({ action }) => action === 'stop-services');
  const steps: JobStep[] = [];
  {
    using job = await operator.connectedJob(runId);
    steps.push(...(await runLinks(job, CHAIN.slice(0, stop))));
    await meanwhile(job);
    steps.push(...(await runLinks(job, CHAIN.slice(stop, at))));
    await job.end();
  }
  using job = await operator.connectedJob(runId);
  steps.push(...(await runLinks(job, CHAIN.slice(at))));
  await job.end();
  return steps;
}

/** Stops the services of one role alone, and proves that what comes next still waits for all hosts. */
export async function stopOneRole(job: Job, role: string, others: readonly string[]): Promise<void> {
  const [limited] = await runLinks(job, [link('stop-services', { limit: role })]);
  expect(limited?.outputs.outcome).toBe('done');
  const backup = link('backup-db', { point: 'before' });
  const early = await job.run(backup.action, { inputs: backup.inputs });
  expect([early.code, early.outputs.outcome]).toEqual([1, 'refused']);
  expect(early.report?.failure).toMatchObject({
    what: `${nameOf(backup)} has to wait: stop-services is not done`,
    next: 'Run the action stop-services first, without a limit.',
  });
  const left = (early.report?.failure?.output ?? '').split('\n').map((line) => line.split(':')[0] ?? '');
  expect([...new Set(left)].sort()).toEqual(others);
}
