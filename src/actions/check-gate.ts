import { type Gate, lookAtGate } from '../adapters/gate.ts';
import { gitHubApi } from '../adapters/github-api.ts';
import { UpgradeError } from '../domain/errors.ts';
import type { Log } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';
import { inputs } from './inputs.ts';
import { oneOf, type Values } from './values.ts';

/** Whose approval is looked for, and what happens where it would not be asked. */
export interface GateRequest {
  /** The environment of the job that upgrades; empty where nothing is looked for. */
  readonly environment: string;
  readonly gate: 'require' | 'warn';
}

/** @throws ConfigurationError for a `gate` that is neither */
export function gateRequest(values: Values = inputs): GateRequest {
  const environment = values.get('environment');
  const gate = values.get('gate') === '' ? 'require' : oneOf(values, 'gate', ['require', 'warn']);
  return { environment, gate };
}

/**
 * Looks whether a job of the environment waits for a reviewer.
 * @returns what there is to warn of, or null
 * @throws UpgradeError when nobody would be asked, or nobody can say, and that is required
 */
export async function checkGate(
  { environment, gate }: GateRequest,
  token: Secret | undefined,
  log: Log,
): Promise<string | null> {
  if (environment === '') {
    return null;
  }
  const found = await lookAtGate(environment, token === undefined ? null : gitHubApi(token));
  if (found.kind === 'closed') {
    log.info(describeGate(environment, found));
    return null;
  }
  const what =
    found.kind === 'open'
      ? `nobody would have to approve: ${found.why}`
      : `nobody knows whether the environment ${JSON.stringify(environment)} waits for a reviewer: ${found.why}`;
  if (gate === 'require') {
    throw new UpgradeError(what, {
      state: 'Nothing was changed; the hosts were not looked at.',
      next: `${found.next} With "gate: warn" the plan is made all the same.`,
    });
  }
  return `${what}. ${found.next}`;
}

function describeGate(environment: string, { reviewers, selfReview }: Gate & { kind: 'closed' }): string {
  const who = reviewers === 1 ? 'its reviewer' : `one of its ${reviewers} reviewers`;
  const self = selfReview ? '; a reviewer who started the run may approve it' : '';
  return `a job of the environment ${JSON.stringify(environment)} waits for ${who}${self}`;
}
