import { ConfigurationError } from '../domain/errors.ts';
import { parseResolution, type Resolution } from '../domain/resolution.ts';
import type { Secret } from '../shell/secret.ts';
import { type Connection, connectionOfInputs, connectionOfJob } from './connection.ts';
import { inputs, secretInput } from './inputs.ts';
import { digest, flag, list, type Values } from './values.ts';

/** What one step of a workflow asks for. */
export interface Request {
  readonly connection: Connection;
  readonly dryRun: boolean;
  /** Hosts and roles; without any, all. */
  readonly limit: readonly string[];
  /** The id of a lock that may be taken over, or null. */
  readonly forceUnlock: string | null;
  readonly resolution: Resolution;
  readonly githubToken: Secret | undefined;
  /** The approved plan to which the step is bound; null where it is bound to none. */
  readonly approved: { readonly digest: string; readonly artifact: string } | null;
}

/** Inputs that not every action has: what one does not have, it does not ask for. */
export type OwnInput = 'dry-run' | 'force-unlock' | 'resolve' | 'plan-digest' | 'approved-plan';

/** @throws ConfigurationError naming the input, what was found and what was expected */
export function requestOfRoot(): Request {
  const own = ['dry-run', 'force-unlock', 'resolve', 'plan-digest', 'approved-plan'] as const;
  return requestOver(connectionOfInputs(), own);
}

/** The request of an action that stands on `connect`. @throws ConfigurationError */
export function requestOfJob(own: readonly OwnInput[]): Request {
  return requestOver(connectionOfJob(), own);
}

function requestOver(connection: Connection, own: readonly OwnInput[]): Request {
  const asked: Values = {
    get: (name) => (own.some((each) => each === name) ? inputs.get(name) : ''),
    call: inputs.call,
  };
  return {
    connection,
    dryRun: flag(asked, 'dry-run'),
    limit: list(inputs, 'limit'),
    forceUnlock: asked.get('force-unlock') || null,
    resolution: parseResolution(asked.get('resolve')),
    githubToken: secretInput('github-token'),
    approved: approvedPlan(asked),
  };
}

/** A job that wants to be bound and gets no digest must not run unbound: its workflow names an output that is not there. */
function approvedPlan(asked: Values): Request['approved'] {
  const [found, artifact] = [digest(asked, 'plan-digest'), asked.get('approved-plan')];
  if (found === null && artifact !== '') {
    throw new ConfigurationError(
      'the input approved-plan names a plan, and the input plan-digest is empty: give the output plan-digest of the action plan',
    );
  }
  return found === null ? null : { digest: found, artifact };
}
