import type { FindOptions } from '@actions/artifact';
import { UpgradeError } from '../domain/errors.ts';
import type { StoredDump } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';

/** The page of an artifact, or nothing outside a workflow's run. */
export function artifactUrl(env: NodeJS.ProcessEnv, id: number): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  return GITHUB_REPOSITORY && GITHUB_RUN_ID
    ? `${GITHUB_SERVER_URL || 'https://github.com'}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${id}`
    : undefined;
}

/**
 * How to find an artifact that may be another run's: the runner's own service shows those of this run alone.
 * @returns undefined when it is this run's, or nobody knows
 * @throws UpgradeError when it is another run's and there is no token
 */
export function otherRunOf(
  stored: StoredDump,
  env: NodeJS.ProcessEnv,
  token: Secret | undefined,
): FindOptions['findBy'] | undefined {
  const [, owner, repository, run] =
    /\/([\w.-]+)\/([\w.-]+)\/actions\/runs\/(\d+)\/artifacts\/\d+$/.exec(stored.url ?? '') ?? [];
  const here = owner !== undefined && `${owner}/${repository}` === env.GITHUB_REPOSITORY;
  if (owner === undefined || repository === undefined || (here && run === env.GITHUB_RUN_ID)) {
    return undefined;
  }
  if (token === undefined) {
    throw new UpgradeError(
      `the dump ${stored.name} is an artifact of another run, which cannot be asked for`,
      {
        state: `It should be at ${stored.url}.`,
        next: 'Give a token that may read the artifacts of that run (permissions: actions: read).',
      },
    );
  }
  return {
    token: token.reveal(),
    workflowRunId: Number(run),
    repositoryOwner: owner,
    repositoryName: repository,
  };
}
