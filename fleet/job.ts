import { readFileSync } from 'node:fs';
import type { Report } from '../src/domain/report.ts';
import { type PostCondition, postCondition } from './action-manifest.ts';
import type { RunOptions } from './action-runner.ts';
import { ActionStep, type StageResult } from './action-runner.ts';
import { readReport } from './published-report.ts';

/** A step of a job that has run. */
export interface JobStep extends StageResult {
  readonly action: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Null when it wrote none. */
  readonly report: Report | null;
}

/**
 * Stands in for a job on GitHub's runner: its steps share what they export, and what comes after the job runs in the
 * reverse order, by each action's own condition.
 */
export class Job implements Disposable {
  readonly #env: Record<string, string>;
  readonly #done: { readonly step: ActionStep; readonly condition: PostCondition }[] = [];
  #failed = false;

  /** @param env what the runner and the workflow set for every step */
  constructor(env: Readonly<Record<string, string>>) {
    this.#env = { ...env };
  }

  /** What a step of this job would find in its environment. */
  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** Runs the main part of an action as the job's next step, also after one that failed. */
  async run(action: string, options: Partial<RunOptions> = {}): Promise<JobStep> {
    return await this.start(action, options).ended;
  }

  /** Starts a step without waiting for it, for tests that kill it. */
  start(
    action: string,
    { inputs = {}, env = {}, ...options }: Partial<RunOptions> = {},
  ): { kill: (signal: NodeJS.Signals) => void; ended: Promise<JobStep> } {
    const step = new ActionStep(action, { ...options, inputs, env: { ...this.#env, ...env } });
    this.#done.push({ step, condition: postCondition(action) });
    const main = step.start('main');
    const ended = main.ended.then((result) => {
      this.#failed ||= result.code !== 0;
      Object.assign(this.#env, step.exports());
      const outputs = step.outputs();
      const report = outputs.report === undefined ? null : readReport(readFileSync(outputs.report, 'utf8'));
      return { ...result, action, outputs, summary: step.summary(), report };
    });
    return { kill: (signal) => main.process.kill(signal), ended };
  }

  /** Ends the job: runs what the actions want after it. @returns what each of them did, by action */
  async end(failed = this.#failed): Promise<[string, StageResult][]> {
    const results: [string, StageResult][] = [];
    for (const { step, condition } of this.#done.toReversed()) {
      if (condition === 'always' || (condition === 'failure' && failed)) {
        results.push([step.action, await step.run('post', this.#env)]);
      }
    }
    return results;
  }

  [Symbol.dispose](): void {
    for (const { step } of this.#done) {
      step.remove();
    }
  }
}
