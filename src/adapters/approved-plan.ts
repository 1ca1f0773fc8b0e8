import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasArtifactService } from './artifact-service.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fetches what was approved out of the artifact of this run that the action `plan` left.
 * @param artifact its id
 * @throws Error saying why it cannot be had
 */
export async function readApprovedPlan(artifact: string, env: Environment = process.env): Promise<unknown> {
  if (artifact === '') {
    throw new Error('no approved plan was given to compare with (the input approved-plan)');
  }
  if (!hasArtifactService(env)) {
    throw new Error(
      `there is no artifact service here to fetch the approved plan from (artifact ${artifact})`,
    );
  }
  const folder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'approved-plan-'));
  try {
    return await fetchApproval(Number(artifact), folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the approved plan (artifact ${artifact}) cannot be read: ${why}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchApproval(artifact: number, folder: string): Promise<unknown> {
  // At first use: the client takes as long to load as all the rest of a start.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  await new DefaultArtifactClient().downloadArtifact(artifact, { path: folder });
  // The service decides what the file is called.
  const [file, ...others] = await readdir(folder);
  if (file === undefined || others.length > 0) {
    throw new Error(`it has ${others.length === 0 ? 'no file' : 'several files'}`);
  }
  const { approval } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { approval?: unknown };
  if (approval === undefined) {
    throw new Error('it is no plan of the action plan');
  }
  if (approval === null) {
    throw new Error("it was kept without what is approved, since a secret's value stands in that");
  }
  return approval;
}
