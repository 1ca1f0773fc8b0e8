import type { Blob } from './blobs.ts';
import type { Fields } from './fields.ts';
import { Refusal } from './refusal.ts';
import type { Scope } from './tokens.ts';

/** One artifact, from its creation on; it counts when it is finalized. */
export interface ArtifactRecord extends Scope {
  readonly id: number;
  readonly name: string;
  readonly mimeType: string;
  readonly createdAt: string;
  readonly expiresAt: string | undefined;
  blob: Blob | undefined;
  finalized: boolean;
}

// What GitHub's service refuses changed over time (https://github.com/actions/toolkit/issues/2324); these pass always.
export const ordinaryContentTypes: readonly string[] = [
  'application/octet-stream',
  'application/zip',
  'application/json',
  'text/plain',
];

/** What the service knows of artifacts, and the rules by which it changes. */
export class Records {
  readonly #contentTypes: readonly string[];
  #records: ArtifactRecord[] = [];
  #nextId = 1001;

  constructor(contentTypes: readonly string[] = ordinaryContentTypes) {
    this.#contentTypes = contentTypes;
  }

  /** @throws Refusal 409 for a name that the run has, finalized or not; 400 for a content type that is not known */
  create(fields: Fields): ArtifactRecord {
    const { workflow_run_backend_id: run = '', workflow_job_run_backend_id: job = '', name = '' } = fields;
    const { mime_type: mimeType = '', expires_at: expiresAt } = fields;
    if (!this.#contentTypes.includes(mimeType)) {
      const message = 'mime_type a valid mime_type is required for this artifact version';
      throw new Refusal(400, 'invalid_argument', message);
    }
    if (this.#records.some((record) => record.run === run && record.name === name)) {
      const message = 'an artifact with this name already exists on the workflow run';
      throw new Refusal(409, 'already_exists', message);
    }
    const createdAt = new Date().toISOString();
    const fresh = { blob: undefined, finalized: false };
    const record = { id: this.#nextId++, run, job, name, mimeType, createdAt, expiresAt, ...fresh };
    this.#records.push(record);
    return record;
  }

  /** @throws Refusal 400 when size or hash are not those of what was uploaded */
  finalize(fields: Fields): ArtifactRecord {
    const record = this.find(fields, false);
    if (record.blob === undefined) {
      throw new Refusal(400, 'failed_precondition', 'nothing was uploaded for this artifact');
    }
    const { bytes, sha256, contentType } = record.blob;
    // protobuf leaves a zero out.
    if (Number(fields.size ?? 0) !== bytes || fields.hash !== `sha256:${sha256}`) {
      const message = `size and hash are not those of the ${bytes} bytes that were uploaded (sha256:${sha256})`;
      throw new Refusal(400, 'invalid_argument', message);
    }
    if (contentType !== record.mimeType) {
      throw new Refusal(400, 'invalid_argument', `uploaded as ${contentType}, created as ${record.mimeType}`);
    }
    record.finalized = true;
    return record;
  }

  /** @throws Refusal 404 */
  find(fields: Fields, finalized: boolean): ArtifactRecord {
    const { workflow_run_backend_id: run, workflow_job_run_backend_id: job, name } = fields;
    const found = this.#records.find(
      (record) =>
        record.run === run && record.job === job && record.name === name && record.finalized === finalized,
    );
    if (found === undefined) {
      throw new Refusal(404, 'not_found', `no artifact named ${name} in this state`);
    }
    return found;
  }

  /** @throws Refusal 404 */
  byId(id: number): ArtifactRecord {
    const found = this.#records.find((record) => record.id === id);
    if (found === undefined) {
      throw new Refusal(404, 'not_found', `no artifact ${id}`);
    }
    return found;
  }

  /** The finalized artifacts of a run, or of all. */
  list(run?: string): ArtifactRecord[] {
    return this.#records.filter((record) => record.finalized && (run === undefined || record.run === run));
  }

  remove(record: ArtifactRecord): void {
    this.#records = this.#records.filter((other) => other !== record);
  }
}
