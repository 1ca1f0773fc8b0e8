import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ArtifactClient, UploadArtifactResponse } from '@actions/artifact';
import { UpgradeError } from '../domain/errors.ts';
import type { DumpStore, StoredDump } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';
import { confirm, confirmUnpacked, type Uploaded } from './artifact-proof.ts';
import { artifactUrl, otherRunOf } from './artifact-run.ts';
import { checkDumpName } from './dump-name.ts';
import { type Content, hashFile } from './file-hash.ts';
import { quietly } from './quietly.ts';

export interface ArtifactStoreOptions {
  /** Where the runner's `GITHUB_*` variables and `RUNNER_TEMP` are read. The client itself reads its own from `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Days until the service deletes a dump; the repository's own setting when missing, and its limit. */
  readonly retentionDays?: number;
  /** Reads the artifacts of another run of this repository (`actions: read`); needed by `has` alone. */
  readonly token?: Secret;
}

/** Keeps dumps as artifacts of the workflow's run. */
export class ArtifactStore implements DumpStore {
  readonly kind = 'artifact';
  readonly #options: ArtifactStoreOptions;
  readonly #env: NodeJS.ProcessEnv;

  constructor(options: ArtifactStoreOptions = {}) {
    this.#options = options;
    this.#env = options.env ?? process.env;
  }

  /**
   * Uploads the file and returns once the service shows the artifact with its hash. The service refuses a name
   * that this run has, also when that upload was cut short: a repeated `put` needs another name.
   * @throws UpgradeError with the client's error as its cause
   */
  async put(file: string, name: string): Promise<StoredDump> {
    checkDumpName(name);
    const content = await hashFile(file);
    try {
      const id = await quietly(() => this.#upload(file, name, content));
      const url = artifactUrl(this.#env, id);
      return { kind: this.kind, name, ...content, id, ...(url === undefined ? {} : { url }) };
    } catch (error) {
      throw explain(error, name);
    }
  }

  /**
   * Is the artifact of this id and name there? The service never changes one, and never uses an id again.
   * @throws UpgradeError when it is another run's and there is no token to ask with
   */
  async has(stored: StoredDump): Promise<boolean> {
    if (stored.kind !== 'artifact' || stored.id === undefined) {
      throw new TypeError(`the dump ${stored.name} was not stored as an artifact`);
    }
    const client = await loadClient();
    const findBy = otherRunOf(stored, this.#env, this.#options.token);
    const options = findBy === undefined ? {} : { findBy };
    const { artifacts } = await quietly(() => client.listArtifacts(options));
    return artifacts.some(({ id, name }) => id === stored.id && name === stored.name);
  }

  async #upload(file: string, name: string, content: Content): Promise<number> {
    const client = await loadClient();
    // The client takes the artifact's name from the file's.
    const folder = await mkdtemp(join(this.#env.RUNNER_TEMP || tmpdir(), 'dump-upload-'));
    try {
      const named = join(folder, name);
      await symlink(resolve(file), named);
      const raw = await this.#uploadRaw(client, named, name);
      if (raw !== undefined) {
        await confirm(client, raw, content.sha256);
        return raw.id;
      }
      const zipped = await this.#uploadZip(client, named, name);
      await confirm(client, zipped, zipped.digest);
      await confirmUnpacked(client, zipped.id, join(folder, 'unpacked'), name, content);
      return zipped.id;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Undefined when the service refuses this kind of content, which leaves the name free. */
  async #uploadRaw(client: ArtifactClient, named: string, name: string): Promise<Uploaded | undefined> {
    try {
      return complete(await client.uploadArtifact(name, [named], dirname(named), this.#uploadOptions(true)));
    } catch (error) {
      // https://github.com/actions/toolkit/issues/2324
      if (error instanceof Error && /CreateArtifact.*\(400\)/.test(error.message)) {
        return undefined;
      }
      throw error;
    }
  }

  async #uploadZip(client: ArtifactClient, named: string, name: string): Promise<Uploaded> {
    return complete(await client.uploadArtifact(name, [named], dirname(named), this.#uploadOptions(false)));
  }

  #uploadOptions(raw: boolean) {
    const { retentionDays } = this.#options;
    const retention = retentionDays === undefined ? {} : { retentionDays };
    // Dumps are compressed, and encrypted bytes cannot be.
    return raw ? { ...retention, skipArchive: true } : { ...retention, compressionLevel: 0 };
  }
}

function complete({ id, digest }: UploadArtifactResponse): Uploaded {
  if (id === undefined || digest === undefined) {
    throw new Error('the artifact client did not say what it uploaded');
  }
  return { id, digest };
}

// At first use: the client takes as long to load as all the rest of a start.
async function loadClient(): Promise<ArtifactClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

function explain(error: unknown, name: string): UpgradeError {
  const taken = error instanceof Error && /CreateArtifact.*\(409\)/.test(error.message);
  return new UpgradeError(
    taken ? `this run has an artifact named ${name} already` : `the dump ${name} could not be uploaded`,
    {
      output: error instanceof Error ? error.message : String(error),
      state: taken ? 'It was not replaced.' : 'There is no proved copy of this dump outside this machine.',
      next: 'Run the same again.',
    },
    { cause: error },
  );
}
