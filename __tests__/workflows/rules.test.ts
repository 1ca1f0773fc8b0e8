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
  readonly permissions?: Readonly<Record<string, string>>;
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

const CONTENTS = { contents: 'read' };
const CONTENTS_AND_RUNS = { contents: 'read', actions: 'read' };

/** What every job may do with the token of its run, and no more. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, Job['permissions']>>>> = {
  '.github/workflows/backup.yml': { backup: CONTENTS_AND_RUNS },
  '.github/workflows/check-dist.yml': { dist: CONTENTS },
  '.github/workflows/ci.yml': { test: CONTENTS },
  '.github/workflows/release.yml': {
    check: CONTENTS,
    attest: { contents: 'read', 'id-token': 'write', attestations: 'write' },
    release: { contents: 'write' },
  },
  '.github/workflows/upgrade-environment.yml': { plan: CONTENTS_AND_RUNS, upgrade: CONTENTS_AND_RUNS },
  '.github/workflows/upgrade.yml': { staging: CONTENTS_AND_RUNS, production: CONTENTS_AND_RUNS },
  // The artifacts of its own run need no permission.
  'examples/workflows/backup.yml': { backup: CONTENTS_AND_RUNS, restore: {} },
  'examples/workflows/bastion.yml': { upgrade: CONTENTS_AND_RUNS },
  'examples/workflows/by-hand.yml': { prepare: CONTENTS_AND_RUNS, upgrade: CONTENTS_AND_RUNS },
  'examples/workflows/self-hosted.yml': { upgrade: CONTENTS_AND_RUNS },
  'examples/workflows/unlock.yml': { unlock: CONTENTS },
  'examples/workflows/upgrade.yml': { upgrade: CONTENTS_AND_RUNS },
};

function workflow(file: string): Workflow {
  return parse(readFileSync(join(root, file), 'utf8')) as Workflow;
}

describe('the workflow', () => {
  it.each(files)('%s grants nothing that a job does not ask for, and ends its jobs some day', (file) => {
    const { permissions, jobs } = workflow(file);
    expect(permissions).toEqual({});
    // A job that asks for nothing has what the workflow grants: nothing.
    const granted = Object.entries(jobs).map(([name, job]) => [name, job.permissions ?? {}]);
    expect(Object.fromEntries(granted)).toEqual(PERMISSIONS[file]);
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

  const callers = files.flatMap((file) =>
    Object.entries(workflow(file).jobs)
      .filter(([, { uses = '' }]) => /\/(upgrade-environment|backup)\.yml(@|$)/.test(uses))
      .map(([name, job]) => ({ file, name, job })),
  );

  it('is called by these', () => {
    expect(callers.map(({ file, name }) => `${file} ${name}`)).toEqual([
      '.github/workflows/upgrade.yml staging',
      '.github/workflows/upgrade.yml production',
      'examples/workflows/backup.yml backup',
      'examples/workflows/bastion.yml upgrade',
      'examples/workflows/self-hosted.yml upgrade',
      'examples/workflows/upgrade.yml upgrade',
    ]);
  });

  // A caller's own group would hold back, or cancel, what the called workflow lets wait in turn.
  it.each(callers)('$file leaves that to the one that $name calls', ({ file, job }) => {
    expect([workflow(file).concurrency, job.concurrency]).toEqual([undefined, undefined]);
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
