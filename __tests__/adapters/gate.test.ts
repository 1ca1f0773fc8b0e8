import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ProtectionRule, reviewedBy } from '../../fleet/artifact-service/repository.ts';
import { type ArtifactService, startArtifactService } from '../../fleet/artifact-service.ts';
import { judgeGate, lookAtGate } from '../../src/adapters/gate.ts';
import { gitHubApi } from '../../src/adapters/github-api.ts';
import { Secret } from '../../src/shell/secret.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let service: ArtifactService;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** What the next requests are refused with. */
let refusals: number[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  service = await startArtifactService({ dir: folder.path, refuse: () => refusals.shift() });
});
afterAll(async () => {
  await service.close();
  await folder[Symbol.asyncDispose]();
});
beforeEach(() => {
  refusals = [];
  service.repository.actions = 'read';
});

const NAME = 'production/eu west';

/** Looks at the environment, with these rules where it is there. */
async function look(rules: readonly ProtectionRule[] | null, token = service.token, retries = 0) {
  service.repository.environments.clear();
  if (rules !== null) {
    service.repository.environments.set(NAME, rules);
  }
  const env = { GITHUB_REPOSITORY: 'example/cloud', GITHUB_API_URL: service.url };
  return await lookAtGate(NAME, gitHubApi(new Secret('github-token', token), env, retries), env);
}

describe('lookAtGate', () => {
  it('knows who has to approve', async () => {
    const wait: ProtectionRule = { type: 'wait_timer', wait_timer: 30 };
    expect(await look([wait, reviewedBy('ann', 'bob'), { type: 'branch_policy' }])).toEqual({
      kind: 'closed',
      reviewers: 2,
      selfReview: true,
    });
    expect(await look([{ ...reviewedBy('ann'), prevent_self_review: true } as ProtectionRule])).toEqual({
      kind: 'closed',
      reviewers: 1,
      selfReview: false,
    });
  });

  it.each<[string, readonly ProtectionRule[] | null, RegExp]>([
    ['that is not there', null, /^there is no environment "production\/eu west", or the token cannot see it/],
    ['without a rule', [], /has no required reviewers/],
    [
      'with other rules',
      [{ type: 'wait_timer', wait_timer: 30 }, { type: 'branch_policy' }],
      /no required reviewers/,
    ],
    ['whose rule names nobody', [reviewedBy()], /no required reviewers/],
  ])('knows that nobody has to approve a job of an environment %s', async (_, rules, why) => {
    expect(await look(rules)).toMatchObject({
      kind: 'open',
      why: expect.stringMatching(why),
      next: expect.stringMatching(/required reviewers/),
    });
  });

  it('says which permission is missing', async () => {
    service.repository.actions = 'none';
    expect(await look([reviewedBy('ann')])).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('the token may not ask (Resource not accessible by integration'),
      next: expect.stringContaining('permissions: actions: read'),
    });
  });

  it('says that a token is not accepted, or that there is none', async () => {
    expect(await look([], 'ghs_other')).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('the token is not accepted (Bad credentials'),
    });
    const env = { GITHUB_REPOSITORY: 'example/cloud' };
    expect(await lookAtGate(NAME, null, env)).toMatchObject({
      kind: 'unknown',
      next: 'Give the input github-token.',
    });
  });

  it('tries again what may pass, and tells when it does not', async () => {
    refusals = [502];
    expect(await look([reviewedBy('ann')])).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('GitHub answered with status 502'),
    });
    refusals = [502];
    expect(await look([reviewedBy('ann')], service.token, 1)).toMatchObject({ kind: 'closed' });
    expect(refusals).toEqual([]);
  });

  it('says where nobody answers', async () => {
    const env = {
      GITHUB_REPOSITORY: 'example/cloud',
      GITHUB_API_URL: `http://127.0.0.1:${await freePort()}`,
    };
    expect(await lookAtGate(NAME, gitHubApi(new Secret('t', 'x'), env, 0), env)).toMatchObject({
      kind: 'unknown',
      why: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/),
      next: expect.stringContaining('GITHUB_API_URL'),
    });
  });

  it.each([undefined, '', 'cloud', 'a/b/c'])('is nothing outside of a workflow: %s', async (repository) => {
    const env = { GITHUB_REPOSITORY: repository };
    expect(await lookAtGate(NAME, null, env)).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('no step of a workflow'),
    });
  });
});

describe('judgeGate', () => {
  it.each([null, '<html>', [], {}, { protection_rules: 'none' }, { protection_rules: null }])(
    'believes no answer that it does not understand: %j',
    (body) => {
      expect(judgeGate(NAME, { status: 200, body, words: '' })).toMatchObject({
        kind: 'unknown',
        why: expect.stringContaining('is not understood'),
      });
    },
  );

  it.each([null, 7, { type: 'required_reviewers' }, { type: 'required_reviewers', reviewers: 'many' }])(
    'takes no odd rule for a reviewer: %j',
    (rule) => {
      const answer = { status: 200, body: { protection_rules: [rule] }, words: '' };
      expect(judgeGate(NAME, answer)).toMatchObject({ kind: 'open' });
    },
  );

  it('tells a limit of requests from a missing permission', () => {
    const answer = { status: 403, body: null, words: 'API rate limit exceeded for installation' };
    expect(judgeGate(NAME, answer)).toMatchObject({ why: expect.stringContaining('asked too often') });
  });
});
