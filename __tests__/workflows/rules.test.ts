import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const files = globSync('{.github,examples}/workflows/*.yml', { cwd: root }).sort();

interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly concurrency?: {
    readonly group: string;
    readonly 'cancel-in-progress': boolean;
    readonly queue?: string;
  };
  readonly 'timeout-minutes'?: unknown;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

function workflow(file: string): Workflow {
  return parse(readFileSync(join(root, file), 'utf8')) as Workflow;
}

describe('the workflow', () => {
  it.each(files)('%s grants nothing that a job does not ask for, and ends its jobs some day', (file) => {
    const { permissions, jobs } = workflow(file);
    expect(permissions).toEqual({});
    // A job that calls a workflow has no time of its own.
    const endless = Object.entries(jobs).filter(
      ([, job]) => !job.uses && job['timeout-minutes'] === undefined,
    );
    expect(endless.map(([name]) => name)).toEqual([]);
  });

  it('upgrade-environment.yml lets one run at a time upgrade, cancels none, and lets any plan', () => {
    const { concurrency, jobs } = workflow('.github/workflows/upgrade-environment.yml');
    expect([concurrency, jobs.plan?.concurrency]).toEqual([undefined, undefined]);
    expect(jobs.upgrade?.concurrency).toEqual({
      group: expect.stringMatching(/^synnefo-upgrade-.*inputs\.environment/),
      'cancel-in-progress': false,
      queue: 'max',
    });
  });

  it.each(
    files.filter((file) => /uses: \S*upgrade-environment\.yml/.test(readFileSync(join(root, file), 'utf8'))),
  )('%s leaves that to the one that it calls', (file) => {
    const { concurrency, jobs } = workflow(file);
    expect([concurrency, ...Object.values(jobs).map((job) => job.concurrency)].filter(Boolean)).toEqual([]);
  });

  const called = files.filter((file) => 'workflow_call' in workflow(file).on);

  it('is called in two cases', () => {
    expect(called).toEqual(['.github/workflows/backup.yml', '.github/workflows/upgrade-environment.yml']);
  });

  // GitHub skips a job when any job before it was skipped, those of the caller included, unless its condition has such a word.
  it.each([...called, '.github/workflows/upgrade.yml'])(
    '%s has no job that another one skips by being skipped, or that goes on after a failure',
    (file) => {
      const { jobs } = workflow(file);
      const mayWait = called.includes(file) ? jobs : { production: jobs.production };
      for (const job of Object.values(mayWait)) {
        expect(job?.if).toContain('!cancelled()');
        for (const need of [job?.needs ?? []].flat()) {
          expect(job?.if).toContain(`needs.${need}.result == 'success'`);
        }
      }
    },
  );
});
