import { type ApiAnswer, type GitHubApi, type NoAnswer, noAnswer } from './github-api.ts';

/** Does a job that names an environment wait for somebody? */
export type Gate =
  | { readonly kind: 'closed'; readonly reviewers: number; readonly selfReview: boolean }
  | ({ readonly kind: 'open' } & NoAnswer)
  /** Nobody can say. */
  | ({ readonly kind: 'unknown' } & NoAnswer);

interface RequiredReviewers {
  readonly type: 'required_reviewers';
  readonly prevent_self_review?: boolean;
  readonly reviewers?: unknown;
}

/**
 * Looks whether an environment has reviewers who must approve a job. A job that names an environment which is not
 * there makes it, without a rule, and waits for nobody.
 * @param api null where there is no token to ask with
 */
export async function lookAtGate(
  environment: string,
  api: GitHubApi | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Gate> {
  const [owner, repo, ...more] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo || more.length > 0) {
    return unknown({ why: 'this is no step of a workflow (GITHUB_REPOSITORY is not set)', next: NO_CHECK });
  }
  if (api === null) {
    return unknown({ why: 'there is no token to ask with', next: 'Give the input github-token.' });
  }
  const answer = await api('GET /repos/{owner}/{repo}/environments/{environment_name}', {
    owner,
    repo,
    environment_name: environment,
  });
  return judgeGate(environment, answer);
}

const NO_CHECK = 'Leave the input environment empty where there are no environments.';

/** What an answer about an environment means. */
export function judgeGate(environment: string, answer: ApiAnswer): Gate {
  const name = JSON.stringify(environment);
  const none = noAnswer(answer);
  if (none !== null) {
    return unknown(none);
  }
  if (answer.status === 404) {
    return open(
      `there is no environment ${name}, or the token cannot see it: a job that names it would make it without any rule`,
      `Make the environment ${name} in the settings of the repository, with required reviewers.`,
    );
  }
  const rules = (answer.body as { protection_rules?: unknown } | null)?.protection_rules;
  if (!Array.isArray(rules)) {
    return unknown({
      why: `what GitHub answered about the environment ${name} is not understood`,
      next: 'See that GITHUB_API_URL is the API of a GitHub, and run the same again.',
    });
  }
  return judgeRules(name, rules.filter(isReview));
}

function judgeRules(name: string, reviews: readonly RequiredReviewers[]): Gate {
  const reviewers = reviews.reduce(
    (sum, rule) => sum + (Array.isArray(rule.reviewers) ? rule.reviewers.length : 0),
    0,
  );
  return reviewers > 0
    ? { kind: 'closed', reviewers, selfReview: reviews.every((rule) => rule.prevent_self_review !== true) }
    : open(
        `the environment ${name} has no required reviewers: a job that names it waits for nobody`,
        `Name required reviewers in the settings of the environment ${name}. A private repository needs GitHub Enterprise for them.`,
      );
}

function isReview(rule: unknown): rule is RequiredReviewers {
  return (rule as { type?: unknown } | null)?.type === 'required_reviewers';
}

function open(why: string, next: string): Gate {
  return { kind: 'open', why, next };
}

function unknown(none: NoAnswer): Gate {
  return { kind: 'unknown', ...none };
}
