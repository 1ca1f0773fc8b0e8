import { join } from 'node:path';
import { type ArtifactService, type Faults, startArtifactService } from '../../fleet/artifact-service.ts';

/** The variables of a runner that the artifact client reads from its own process. */
const names = [
  'ACTIONS_RESULTS_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_API_URL',
  'GITHUB_RUN_ID',
  'GITHUB_REPOSITORY',
  'GITHUB_SERVER_URL',
  'NO_PROXY',
];

/** This process as a runner with an artifact service. */
export interface Runner extends AsyncDisposable {
  readonly service: ArtifactService;
  /** Goes on as a job of another run. */
  become(runId: string): void;
}

/** Starts a service and makes this process a runner, until the scope is left. Not for tests at once in one process. */
export async function artifactRunner(folder: string, faults: Faults = {}): Promise<Runner> {
  const service = await startArtifactService({ dir: join(folder, 'service'), ...faults });
  const before = names.map((name) => [name, process.env[name]] as const);
  const set = (values: Readonly<Record<string, string>>) => Object.assign(process.env, values);
  set({ GITHUB_REPOSITORY: 'example/cloud', GITHUB_SERVER_URL: 'https://github.com', ...service.env });
  return {
    service,
    become: (runId) => set(service.environment(runId)),
    async [Symbol.asyncDispose]() {
      for (const [name, value] of before) {
        if (value === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = value;
        }
      }
      await service.close();
    },
  };
}
