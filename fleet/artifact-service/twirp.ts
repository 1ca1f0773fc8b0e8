import type { IncomingMessage } from 'node:http';
import { type Blobs, readBody } from './blobs.ts';
import { checkFields, type Fields, isMethod, type Method } from './fields.ts';
import type { ArtifactRecord, Records } from './records.ts';
import { Refusal } from './refusal.ts';
import type { Repository } from './repository.ts';
import type { Tokens } from './tokens.ts';

/** What the methods work on. */
export interface Service {
  readonly records: Records;
  readonly blobs: Blobs;
  readonly tokens: Tokens;
  readonly repository: Repository;
  /** A URL for the bytes of an artifact that is good for one purpose. */
  signedUrl(record: ArtifactRecord, purpose: 'upload' | 'download'): string;
  /** What the lists say of a hash: a test's way to a service that lies about it. */
  digest(sha256: string): string | undefined;
}

const prefix = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** Answers one call. @throws Refusal for anything that is not exactly as the service wants it */
export async function answerTwirp(
  service: Service,
  path: string,
  request: IncomingMessage,
): Promise<unknown> {
  const method = path.slice(prefix.length);
  if (!path.startsWith(prefix) || !isMethod(method) || request.method !== 'POST') {
    throw new Refusal(404, 'bad_route', `no handler for ${request.method} ${path}`);
  }
  if (request.headers['content-type'] !== 'application/json') {
    throw new Refusal(415, 'bad_route', 'the content type must be application/json');
  }
  const scope = service.tokens.verify(request.headers.authorization);
  const fields = checkFields(method, parse((await readBody(request, 64 << 10)).toString()));
  // A job may ask for what another job of the same run has stored, and create only in its own name.
  const sameJob = fields.workflow_job_run_backend_id === scope.job;
  const foreignJob = method === 'GetSignedArtifactURL' || method === 'DeleteArtifact';
  if (fields.workflow_run_backend_id !== scope.run || !(sameJob || foreignJob)) {
    throw new Refusal(403, 'permission_denied', 'the token is of another run or job');
  }
  return call(service, method, fields);
}

async function call(service: Service, method: Method, fields: Fields): Promise<unknown> {
  const { records } = service;
  switch (method) {
    case 'CreateArtifact':
      return { ok: true, signed_upload_url: service.signedUrl(records.create(fields), 'upload') };
    case 'FinalizeArtifact':
      return { ok: true, artifact_id: String(records.finalize(fields).id) };
    case 'ListArtifacts':
      return { artifacts: list(service, fields) };
    case 'GetSignedArtifactURL':
      return { signed_url: service.signedUrl(records.find(fields, true), 'download') };
    case 'DeleteArtifact': {
      const record = records.find(fields, true);
      records.remove(record);
      await service.blobs.remove(record.id);
      return { ok: true, artifact_id: String(record.id) };
    }
  }
}

function list(service: Service, fields: Fields): unknown[] {
  const { name_filter: name, id_filter: id } = fields;
  return service.records
    .list(fields.workflow_run_backend_id)
    .filter(
      (record) => (name ?? record.name) === record.name && (id ?? String(record.id)) === String(record.id),
    )
    .map((record) => ({
      workflow_run_backend_id: record.run,
      workflow_job_run_backend_id: record.job,
      database_id: String(record.id),
      name: record.name,
      size: String(record.blob?.bytes ?? 0),
      created_at: record.createdAt,
      digest: service.digest(record.blob?.sha256 ?? ''),
    }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(400, 'malformed', `no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
