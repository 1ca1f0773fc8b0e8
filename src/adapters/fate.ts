import { type Fate, keyOfRun, type Owner, runOf, type WorkflowRun } from '../domain/lock.ts';
import { type ApiAnswer, type GitHubApi, noAnswer } from './github-api.ts';
import { fateOfProcess } from './owner.ts';

/**
 * What became of a lock's owner: a process is looked for on this machine, a workflow run is asked of GitHub.
 * @param api null where there is no token to ask with
 */
export async function fateOf(
  owner: Owner,
  api: GitHubApi | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Fate> {
  if (owner.process !== null) {
    return fateOfProcess(owner.process);
  }
  const run = runOf(owner);
  return run === null
    ? unproved('it names neither a process nor a workflow run')
    : await fateOfRun(run, api, env);
}

async function fateOfRun(run: WorkflowRun, api: GitHubApi | null, env: NodeJS.ProcessEnv): Promise<Fate> {
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  // The token is this server's: no other one gets to see it because of what a host says.
  if (run.server !== server) {
    return unproved(`it is a run of ${run.server}, and this one is of ${server}`);
  }
  const own = { server, repository: env.GITHUB_REPOSITORY ?? '', run: env.GITHUB_RUN_ID ?? '' };
  if (keyOfRun(own) === keyOfRun(run)) {
    return unproved('it is this run');
  }
  if (api === null) {
    return unproved('there is no token to ask GitHub whether that run is over (the input github-token)');
  }
  const [owner = '', repo = ''] = run.repository.split('/');
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
  return judgeRun(run, await api(route, { owner, repo, run_id: run.run }));
}

/** What an answer about a run means. A run that is run again is no longer completed. */
export function judgeRun({ repository, run }: WorkflowRun, answer: ApiAnswer): Fate {
  const none = noAnswer(answer);
  if (none !== null) {
    return unproved(`${none.why}. ${none.next}`);
  }
  if (answer.status === 404) {
    return unproved(
      `GitHub knows no run ${run} of ${repository}, or the token cannot see it (another repository's, or deleted)`,
    );
  }
  const { id, status } = Object(answer.body) as { id?: unknown; status?: unknown };
  if (String(id) !== run || typeof status !== 'string') {
    return unproved(`what GitHub answered about the run ${run} is not understood`);
  }
  return status === 'completed' ? { kind: 'over' } : unproved(`that run is alive: it is ${status}`);
}

function unproved(why: string): Fate {
  return { kind: 'unproved', why };
}
