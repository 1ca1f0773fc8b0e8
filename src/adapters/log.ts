import * as core from '@actions/core';
import type { Log } from '../ports.ts';
import { ActionsLog } from './actions-log.ts';
import { PlainLog } from './plain-log.ts';

/** The log of this process: the runner's commands inside a workflow, plain text elsewhere. */
export function openLog(environment: NodeJS.ProcessEnv = process.env): Log {
  return environment.GITHUB_ACTIONS === 'true'
    ? new ActionsLog(core)
    : new PlainLog((line) => process.stdout.write(`${line}\n`));
}
