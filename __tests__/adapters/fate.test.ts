import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ArtifactService, startArtifactService } from '../../fleet/artifact-service.ts';
import { fateOf, judgeRun } from '../../src/adapters/fate.ts';
import { gitHubApi } from '../../src/adapters/github-api.ts';
import { currentOwner } from '../../src/adapters/owner.ts';
import type { Fate, Owner } from '../../src/domain/lock.ts';
import { Secret } from '../../src/shell/secret.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let service: ArtifactService;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  service = await startArtifactService({ dir: folder.path });
});
afterAll(async () => {
  await service.close();
  await folder[Symbol.asyncDispose]();
});
beforeEach(() => {
  service.repository.actions = 'read';
  service.repository.runs.clear();
  service.repository.runs.set('7', 'completed').set('8', 'in_progress').set('9', 'queued');
});

const OWN = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'example/cloud', GITHUB_RUN_ID: '1' };

function theirs(run: string, changes: Readonly<Record<string, string>> = {}): Owner {
  return currentOwner(0, { ...OWN, GITHUB_RUN_ID: run, ...changes });
}

/** What becomes known of an owner by asking the service. */
async function ask(owner: Owner): Promise<Fate> {
  const env = { ...OWN, GITHUB_API_URL: service.url };
  return await fateOf(owner, gitHubApi(new Secret('github-token', service.token), env, 0), env);
}

const unproved = (words: string) => ({ kind: 'unproved', why: expect.stringContaining(words) });

describe('fateOf', () => {
  it('knows a workflow run that is over', async () => {
    expect(await ask(theirs('7'))).toEqual({ kind: 'over' });
  });

  it.each([
    ['8', 'it is in_progress'],
    ['9', 'it is queued'],
  ])('knows that run %s is alive', async (run, words) => {
    expect(await ask(theirs(run))).toEqual(unproved(`that run is alive: ${words}`));
  });

  it('knows that a run which is run again is alive again', async () => {
    service.repository.runs.set('7', 'queued');
    expect(await ask(theirs('7'))).toEqual(unproved('that run is alive'));
  });

  it('proves nothing of a run that GitHub does not know', async () => {
    expect(await ask(theirs('10'))).toEqual(unproved('GitHub knows no run 10 of example/cloud'));
  });

  it('says which permission is missing', async () => {
    service.repository.actions = 'none';
    expect(await ask(theirs('7'))).toEqual(unproved('permissions: actions: read'));
  });

  it('never takes this very run for over', async () => {
    service.repository.runs.set('1', 'completed');
    expect(await ask(theirs('1'))).toEqual(unproved('it is this run'));
  });

  it('asks no other server, whatever a host says', async () => {
    const asked = () => Promise.reject(new Error('it was asked'));
    const elsewhere = theirs('7', { GITHUB_SERVER_URL: 'https://git.example.org' });
    expect(await fateOf(elsewhere, asked, OWN)).toEqual(unproved('it is a run of https://git.example.org'));
    for (const key of ['run https://github.com/example/cloud/../x 7', 'run x 7', 'something']) {
      expect(await fateOf({ ...theirs('7'), key }, asked, OWN)).toEqual(unproved('neither a process nor'));
    }
  });

  it('needs a token', async () => {
    expect(await fateOf(theirs('7'), null, OWN)).toEqual(unproved('the input github-token'));
  });

  it('looks for a process on this machine', async () => {
    expect(await ask(currentOwner(0, {}))).toEqual(unproved('still runs on this machine'));
  });
});

describe('judgeRun', () => {
  const run = { server: 'https://github.com', repository: 'example/cloud', run: '7' };
  it.each([
    null,
    '<html>',
    {},
    { status: 'completed' },
    { id: 8, status: 'completed' },
    { id: 7, status: 1 },
  ])('believes no answer that it does not understand: %j', (body) => {
    expect(judgeRun(run, { status: 200, body, words: '' })).toEqual(unproved('is not understood'));
  });
});
