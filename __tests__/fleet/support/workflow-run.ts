import { expect } from '@jest/globals';
import type { WorkflowRun } from '../../../fleet/act/runner.ts';

/** As `staging upgrade`, of `Upgrade/staging/Upgrade an environment/upgrade`. */
function shortName(job: string): string {
  const parts = job.split('/').map((part) => part.trim());
  return [...new Set([parts.length > 2 ? parts[parts.length - 3] : undefined, parts.at(-1)])]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** The jobs that ran, by the names of the calling job and their own, and how each ended. @throws with the end of the log */
export function expectJobs(run: WorkflowRun, expected: Readonly<Record<string, string>>): void {
  const found = Object.fromEntries(Object.entries(run.jobs).map(([job, result]) => [shortName(job), result]));
  try {
    expect(found).toEqual(expected);
  } catch (error) {
    throw new Error(`${run.text.split('\n').slice(-80).join('\n')}\n`, { cause: error });
  }
}

/** All that the steps of a job told, the last one last. */
export function told(run: WorkflowRun, job: string): Record<string, string> {
  const outputs = Object.entries(run.outputs)
    .filter(([key]) => shortName(key.slice(0, key.lastIndexOf(' '))) === job)
    .map(([, each]) => each);
  return Object.assign({}, ...outputs);
}
