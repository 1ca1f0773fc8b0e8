import { randomUUID } from 'node:crypto';
import type { WorkflowRequest } from '../../../fleet/act/runner.ts';
import { down, type Fleet, up } from '../../../fleet/index.ts';
import type { Operator } from '../../../fleet/operator.ts';
import { printed } from './each-host.ts';

/** What an operator has put into a repository and its environments, and what GitHub sets in a run. */
export function accountOf(
  operator: Operator,
  runId: string,
  attempt = 1,
): Pick<WorkflowRequest, 'secrets' | 'vars' | 'env'> {
  const { fleet, service } = operator;
  const { secret, stepSecrets } = fleet.plan.stack;
  const named = Object.entries({ [secret]: fleet.token, ...stepSecrets });
  return {
    secrets: {
      SSH_KEY: fleet.privateKey,
      PLAN_SECRETS: [['SPARE', randomUUID()], ...named].map(([name, value]) => `${name}=${value}\n`).join(''),
      AGE_IDENTITY: operator.identity,
      GITHUB_TOKEN: service.token,
    },
    vars: { KNOWN_HOSTS: fleet.knownHosts, AGE_RECIPIENT: operator.recipient },
    env: { ...service.environment(runId), GITHUB_RUN_ATTEMPT: String(attempt) },
  };
}

/** A fleet like another one that lets in who may enter that one: act has the same secrets in all jobs. */
export async function twinOf(fleet: Fleet): Promise<Fleet> {
  const twin = await up({ layout: fleet.layout, name: `${fleet.name}-twin`, token: fleet.token });
  await letIn(fleet, twin);
  return twin;
}

/** Makes a twin as it was before its upgrade. */
export async function resetTwin(fleet: Fleet, twin: Fleet): Promise<void> {
  await twin.reset();
  await letIn(fleet, twin);
}

async function letIn(fleet: Fleet, twin: Fleet): Promise<void> {
  const key = await printed(fleet, fleet.hosts[0]?.name ?? '', 'cat /home/upgrade/.ssh/authorized_keys');
  for (const { name } of twin.hosts) {
    await printed(twin, name, 'cat >>/home/upgrade/.ssh/authorized_keys', key);
  }
}

export async function takeTwinDown(fleet: Fleet): Promise<void> {
  await down({ layout: fleet.layout, name: `${fleet.name}-twin` });
}
