import { describe, expect, it } from '@jest/globals';
import { type ArtifactService, startArtifactService } from '../../fleet/artifact-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ids = { workflow_run_backend_id: 'run-1', workflow_job_run_backend_id: 'job' };
const create = { ...ids, name: 'a.dump', version: 7, mime_type: 'application/octet-stream' };

async function withService(test: (service: ArtifactService) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const service = await startArtifactService({ dir: folder.path });
  try {
    await test(service);
  } finally {
    await service.close();
  }
}

async function call(service: ArtifactService, method: string, body: unknown, env = service.env) {
  const headers = {
    authorization: `Bearer ${env.ACTIONS_RUNTIME_TOKEN}`,
    'content-type': 'application/json',
  };
  const url = `${service.url}/twirp/github.actions.results.api.v1.ArtifactService/${method}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: response.status,
    ...((await response.json()) as { msg?: string; signed_upload_url?: string }),
  };
}

describe('the artifact service on loopback', () => {
  it.each([
    ['an unknown field', { ...create, colour: 'red' }, 'unknown field "colour"'],
    ['a missing field', { ...ids, name: 'a.dump', version: 7 }, 'mime_type is required'],
    ['a wrong type', { ...create, version: '7' }, 'version must be 7'],
    ['a name with a slash', { ...create, name: 'a/b' }, 'name must be'],
    ['a time that is over', { ...create, expires_at: '2020-01-01T00:00:00Z' }, 'expires_at must be'],
    [
      'a strange content type',
      { ...create, mime_type: 'application/x-7z-compressed' },
      'a valid mime_type is required',
    ],
    ['no object', [create], 'no JSON object'],
  ])('refuses %s', (_, body, message) =>
    withService(async (service) => {
      const answer = await call(service, 'CreateArtifact', body);
      expect(answer).toMatchObject({ status: 400, msg: expect.stringContaining(message) });
    }),
  );

  it('refuses a name twice in a run, and not in another', () =>
    withService(async (service) => {
      expect(await call(service, 'CreateArtifact', create)).toMatchObject({ status: 200 });
      expect(await call(service, 'CreateArtifact', create)).toMatchObject({ status: 409 });
      const other = { ...create, workflow_run_backend_id: 'run-2' };
      const answer = await call(service, 'CreateArtifact', other, service.environment('2'));
      expect(answer).toMatchObject({ status: 200 });
    }));

  it('refuses tokens of others, and ours for another run or job', () =>
    withService(async (service) => {
      const { ACTIONS_RUNTIME_TOKEN: token = '' } = service.env;
      const forged = { ...service.env, ACTIONS_RUNTIME_TOKEN: token.replace(/.{4}$/, 'AAAA') };
      expect(await call(service, 'CreateArtifact', create, forged)).toMatchObject({ status: 401 });
      const otherRun = service.environment('2');
      expect(await call(service, 'CreateArtifact', create, otherRun)).toMatchObject({ status: 403 });
      const otherJob = service.environment('1', 'another');
      expect(await call(service, 'CreateArtifact', create, otherJob)).toMatchObject({ status: 403 });
    }));

  it('refuses what is not uploaded, and URLs that it did not sign', () =>
    withService(async (service) => {
      const { signed_upload_url: url = '' } = await call(service, 'CreateArtifact', create);
      const hash = `sha256:${'0'.repeat(64)}`;
      const finalize = await call(service, 'FinalizeArtifact', { ...ids, name: 'a.dump', size: '5', hash });
      expect(finalize).toMatchObject({ status: 400, msg: 'nothing was uploaded for this artifact' });
      const put = { method: 'PUT', body: 'hello' };
      expect((await fetch(`${url.replace('1001', '1002')}&comp=block&blockid=MQ==`, put)).status).toBe(403);
      expect((await fetch(url, put)).status).toBe(400);
      expect((await fetch(url)).status).toBe(403);
      expect(service.artifacts()).toEqual([]);
    }));

  it('knows no other method, and tells other runs nothing without the token', () =>
    withService(async (service) => {
      expect(await call(service, 'MigrateArtifact', ids)).toMatchObject({ status: 404 });
      const path = `${service.url}/repos/example/cloud/actions/runs/1/artifacts`;
      expect((await fetch(path)).status).toBe(401);
      const headers = { authorization: `token ${service.token}` };
      expect(await (await fetch(path, { headers })).json()).toEqual({ total_count: 0, artifacts: [] });
    }));
});
