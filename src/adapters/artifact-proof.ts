import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Artifact, ArtifactClient } from '@actions/artifact';
import { type Content, hashFile } from './file-hash.ts';

/** What the client says of an upload. */
export interface Uploaded {
  readonly id: number;
  /** Of what was sent, in hex. */
  readonly digest: string;
}

/**
 * The artifact is final when the service lists it; its digest, where the service tells it, is compared too.
 * @param sha256 what the bytes that were sent should have
 */
export async function confirm(client: ArtifactClient, uploaded: Uploaded, sha256: string): Promise<void> {
  if (uploaded.digest !== sha256) {
    throw new Error(`sha256 ${uploaded.digest} was sent, but the file has ${sha256}`);
  }
  const { digest } = await findListed(client, uploaded.id);
  if (digest !== undefined && digest !== '' && digest.replace(/^sha256:/, '') !== sha256) {
    throw new Error(`the service has ${digest}, but sha256:${sha256} was sent`);
  }
}

async function findListed(client: ArtifactClient, id: number): Promise<Artifact> {
  for (const wait of [500, 1500, 5000, 0]) {
    const found = (await client.listArtifacts()).artifacts.find((artifact) => artifact.id === id);
    if (found !== undefined) {
      return found;
    }
    await sleep(wait);
  }
  throw new Error(`the service does not list the artifact ${id} that it has just accepted`);
}

/** A digest of a zip says nothing of the file in it: it is fetched and unpacked. */
export async function confirmUnpacked(
  client: ArtifactClient,
  id: number,
  folder: string,
  name: string,
  content: Content,
): Promise<void> {
  await client.downloadArtifact(id, { path: folder });
  const unpacked = await hashFile(join(folder, name));
  if (unpacked.sha256 !== content.sha256) {
    throw new Error(`the uploaded zip holds sha256 ${unpacked.sha256} instead of ${content.sha256}`);
  }
}
