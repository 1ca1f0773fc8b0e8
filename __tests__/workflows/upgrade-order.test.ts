import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { WorkflowRunner } from '../../fleet/act/runner.ts';

const FILE = join(import.meta.dirname, '..', '..', '.github', 'workflows', 'upgrade.yml');

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly if: string; readonly needs?: string }>>;
}

// act ends a run with the first called workflow that fails: jobs of one step stand for them, under the same conditions.
describe('the jobs of upgrade.yml', () => {
  let runner: WorkflowRunner;

  beforeAll(async () => {
    // Builds act where the machine has not got it.
    runner = await WorkflowRunner.prepare('empty');
    const workflow = parse(readFileSync(FILE, 'utf8')) as Workflow;
    const jobs = Object.entries(workflow.jobs).map(([name, { if: condition, needs }]) => {
      const steps = [{ run: `test "\${{ vars.FAILS }}" != ${name}` }];
      return [
        name,
        { if: condition, ...(needs === undefined ? {} : { needs }), 'runs-on': 'ubuntu-latest', steps },
      ];
    });
    runner.write('.github/workflows/order.yml', stringify({ ...workflow, jobs: Object.fromEntries(jobs) }));
  }, 900_000);

  afterAll(() => runner?.[Symbol.dispose]());

  it.each([
    ['staging', '', { staging: 'success' }],
    ['production', '', { production: 'success' }],
    ['staging-then-production', '', { staging: 'success', production: 'success' }],
    ['staging-then-production', 'staging', { staging: 'failure' }],
    ['staging', 'staging', { staging: 'failure' }],
  ])('run as they should: %s, where %s fails', async (environment, fails, expected) => {
    const inputs = { environment, plan: 'p', limit: '', 'dry-run': 'false', resolve: '', 'force-unlock': '' };
    const run = await runner.run({
      workflow: 'order.yml',
      inputs,
      secrets: {},
      vars: { FAILS: fails },
      env: {},
    });
    const found = Object.entries(run.jobs).map(([job, result]) => [job.split('/').at(-1), result]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});
