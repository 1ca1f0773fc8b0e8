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

/** A chain over two jobs of one run: the second one knows only the hosts and the artifacts. */
export async function runChain(operator: Operator, runId: string, cut: string): Promise<JobStep[]> {
  const at = CHAIN.findIndex((each) => nameOf(each) === cut);
  const steps: JobStep[] = [];
  for (const links of [CHAIN.slice(0, at), CHAIN.slice(at)]) {
    using job = await operator.connectedJob(runId);
    steps.push(...(await runLinks(job, links)));
    await job.end();
  }
  return steps;
}
