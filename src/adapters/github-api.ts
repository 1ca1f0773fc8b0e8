import type { Secret } from '../shell/secret.ts';
import { messageOf } from './message-of.ts';

/** Milliseconds for an answer, all tries together. */
const PATIENCE = 30_000;

/** What GitHub's API said; `status` is null when it did not answer at all. */
export interface ApiAnswer {
  readonly status: number | null;
  readonly body: unknown;
  /** Its words, where it refused; why there was no answer, where there was none. */
  readonly words: string;
}

/** GitHub's REST API, asked in the name of a token. Never throws. */
export type GitHubApi = (route: string, parameters: Readonly<Record<string, string>>) => Promise<ApiAnswer>;

/** @param retries how often a failure that may pass is tried again */
export function gitHubApi(token: Secret, env: NodeJS.ProcessEnv = process.env, retries = 2): GitHubApi {
  return async (route, parameters) => {
    // At first use: most runs ask nothing. This client goes through the runner's proxy, too.
    const { getOctokit } = await import('@actions/github');
    const { retry } = await import('@octokit/plugin-retry');
    const baseUrl = env.GITHUB_API_URL || 'https://api.github.com';
    const client = getOctokit(token.reveal(), { baseUrl }, retry);
    try {
      const { status, data } = await client.request(route, {
        ...parameters,
        request: { retries, signal: AbortSignal.timeout(PATIENCE) },
      });
      return { status, body: data, words: '' };
    } catch (error) {
      return refused(error, baseUrl);
    }
  };
}

function refused(error: unknown, baseUrl: string): ApiAnswer {
  const { response } = error as { response?: { status: number; data: unknown } };
  return response === undefined
    ? { status: null, body: null, words: `${baseUrl} does not answer: ${messageOf(rootOf(error))}` }
    : { status: response.status, body: response.data, words: messageOf(error) };
}

/** "fetch failed" says nothing; what it failed of is its cause. */
function rootOf(error: unknown): unknown {
  const { cause } = Object(error) as { cause?: unknown };
  return cause === undefined || cause === null ? error : rootOf(cause);
}

/** What an answer that is no good means, and what to do about it. */
export interface NoAnswer {
  readonly why: string;
  readonly next: string;
}

/**
 * Why an answer is none, for everything but "there is no such thing".
 * @returns null for 200 and 404, which mean something else everywhere
 */
export function noAnswer({ status, words }: ApiAnswer): NoAnswer | null {
  switch (status) {
    case 200:
    case 404:
      return null;
    case null:
      return {
        why: words,
        next: 'See that the runner reaches that address (GITHUB_API_URL), and run the same again.',
      };
    case 401:
      return { why: `the token is not accepted (${words})`, next: 'Give a valid github-token.' };
    case 403:
    case 429:
      return /rate limit/i.test(words)
        ? { why: `GitHub has been asked too often (${words})`, next: 'Wait, and run the same again.' }
        : {
            why: `the token may not ask (${words})`,
            next: 'Give the job "permissions: actions: read", or a github-token that may read Actions.',
          };
    default:
      return { why: `GitHub answered with status ${status} (${words})`, next: 'Run the same again.' };
  }
}
