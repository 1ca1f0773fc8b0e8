import { Refusal } from './refusal.ts';

/** A rule that holds a job back, as GitHub's documentation shows them. */
export type ProtectionRule =
  | { readonly type: 'wait_timer'; readonly wait_timer: number }
  | { readonly type: 'branch_policy' }
  | {
      readonly type: 'required_reviewers';
      readonly prevent_self_review: boolean;
      readonly reviewers: readonly { readonly type: 'User' | 'Team'; readonly reviewer: object }[];
    };

/** How far a workflow run is; `completed` is the only end. */
export type RunStatus = 'queued' | 'in_progress' | 'waiting' | 'completed';

/** What the API knows of a repository besides its artifacts. Tests change it while it is asked. */
export class Repository {
  readonly environments = new Map<string, readonly ProtectionRule[]>();
  readonly runs = new Map<string, RunStatus>();
  /** What the token may do with Actions (`permissions: actions`). */
  actions: 'read' | 'none' = 'read';
}

/** A rule by which these people approve. */
export function reviewedBy(...logins: readonly string[]): ProtectionRule {
  const reviewers = logins.map((login, index) => ({
    type: 'User' as const,
    reviewer: { login, id: index + 1, type: 'User', site_admin: false },
  }));
  return { type: 'required_reviewers', prevent_self_review: false, reviewers };
}

const ROUTES = /^\/repos\/([^/]+)\/([^/]+)\/(?:environments\/([^/]+)|actions\/runs\/(\d+))$/;

/**
 * Answers about environments and runs as GitHub's documentation says.
 * @returns undefined for any other path
 * @throws Refusal 403 without the permission, 404 for what there is not
 */
export function answerRepository(repository: Repository, url: URL): object | undefined {
  const [, owner, name, environment, run] = ROUTES.exec(url.pathname) ?? [];
  if (owner === undefined) {
    return undefined;
  }
  if (repository.actions !== 'read') {
    throw new Refusal(403, 'forbidden', 'Resource not accessible by integration');
  }
  const page = `https://github.com/${owner}/${name}`;
  return environment === undefined
    ? describeRun(repository, run ?? '', page)
    : describeEnvironment(repository, decodeURIComponent(environment), page);
}

function describeEnvironment({ environments }: Repository, name: string, page: string): object {
  const rules = environments.get(name);
  if (rules === undefined) {
    throw new Refusal(404, 'not_found', 'Not Found');
  }
  return {
    id: 161088068,
    node_id: 'MDExOkVudmlyb25tZW50MTYxMDg4MDY4',
    name,
    html_url: `${page}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: '2026-11-23T22:00:40Z',
    updated_at: '2026-11-23T22:00:40Z',
    can_admins_bypass: true,
    protection_rules: rules.map((rule, index) => ({ id: 3736 + index, node_id: `GA_${index}`, ...rule })),
    deployment_branch_policy: null,
  };
}

function describeRun({ runs }: Repository, run: string, page: string): object {
  const status = runs.get(run);
  if (status === undefined) {
    throw new Refusal(404, 'not_found', 'Not Found');
  }
  return {
    id: Number(run),
    name: 'Upgrade',
    event: 'workflow_dispatch',
    status,
    conclusion: status === 'completed' ? 'cancelled' : null,
    run_attempt: 1,
    html_url: `${page}/actions/runs/${run}`,
  };
}
