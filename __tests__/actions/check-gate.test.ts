import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reviewedBy } from '../../fleet/artifact-service/repository.ts';
import { checkGate, gateRequest } from '../../src/actions/check-gate.ts';
import { Secret } from '../../src/shell/secret.ts';
import { artifactRunner, type Runner } from '../support/artifact-runner.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let runner: Runner;
beforeAll(async () => {
  folder = await temporaryFolder();
  runner = await artifactRunner(folder.path);
  runner.service.repository.environments.set('production', [reviewedBy('ann', 'bob')]).set('staging', []);
});
afterAll(async () => {
  await runner[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function check(environment: string, gate: 'require' | 'warn') {
  const log = new RecordingLog();
  const token = new Secret('github-token', runner.service.token);
  return { warning: await checkGate({ environment, gate }, token, log), log: log.lines.join('\n') };
}

describe('checkGate', () => {
  it('looks for nothing where no environment is named', async () => {
    expect(await check('', 'require')).toEqual({ warning: null, log: '' });
  });

  it('says who has to approve', async () => {
    const { warning, log } = await check('production', 'require');
    expect(warning).toBeNull();
    expect(log).toContain(
      'a job of the environment "production" waits for one of its 2 reviewers; a reviewer who',
    );
  });

  it.each(['staging', 'nowhere'])('refuses the gate of %s, which holds nobody back', async (environment) => {
    await expect(check(environment, 'require')).rejects.toMatchObject({
      message: expect.stringMatching(/^nobody would have to approve: /),
      details: {
        state: 'Nothing was changed; the hosts were not looked at.',
        next: expect.stringMatching(/required reviewers.*gate: warn/),
      },
    });
    const { warning } = await check(environment, 'warn');
    expect(warning).toMatch(/^nobody would have to approve: .*required reviewers/);
  });

  it('refuses a gate that it cannot look at', async () => {
    const [log, request] = [new RecordingLog(), { environment: 'production', gate: 'require' as const }];
    await expect(checkGate(request, undefined, log)).rejects.toThrow(
      'nobody knows whether the environment "production" waits for a reviewer: there is no token to ask with',
    );
    expect(await checkGate({ ...request, gate: 'warn' }, undefined, log)).toContain(
      'Give the input github-token.',
    );
  });
});

describe('gateRequest', () => {
  const values = (given: Readonly<Record<string, string>>) => ({
    get: (name: string) => given[name] ?? '',
    call: (name: string) => `the input ${name}`,
  });

  it('requires a gate unless told otherwise', () => {
    expect(gateRequest(values({ environment: 'production' }))).toEqual({
      environment: 'production',
      gate: 'require',
    });
    expect(gateRequest(values({ gate: 'warn' })).gate).toBe('warn');
    expect(() => gateRequest(values({ gate: 'perhaps' }))).toThrow(
      'the input gate is "perhaps", expected one of',
    );
  });
});
