import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBlob, operationOf } from './artifact-service/blob-requests.ts';
import { Blobs } from './artifact-service/blobs.ts';
import { type ArtifactRecord, Records } from './artifact-service/records.ts';
import { Refusal } from './artifact-service/refusal.ts';
import { Repository } from './artifact-service/repository.ts';
import { answerRest, runBackendId } from './artifact-service/rest.ts';
import { Tokens } from './artifact-service/tokens.ts';
import { answerTwirp, type Service } from './artifact-service/twirp.ts';

/** What a test may make the service do wrong. */
export interface Faults {
  /** The content types that pass, in place of the ordinary ones. */
  readonly contentTypes?: readonly string[];
  /** A status to refuse an operation with: a method's name, `PutBlock` or `PutBlockList`. */
  readonly refuse?: (operation: string) => number | undefined;
  /** What to store in place of a block. */
  readonly damage?: (block: Buffer) => Buffer;
  /** What to list in place of a hash. */
  readonly digest?: (digest: string) => string | undefined;
}

export interface ArtifactServiceOptions extends Faults {
  /** Where the artifacts are kept; they are files named `<id>.blob`. */
  readonly dir: string;
  /** A free one when missing. */
  readonly port?: number;
}

/** A finalized artifact as the service has it. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: string;
  readonly mimeType: string;
  /** When the client wants it to be deleted; undefined when it left that to the repository. */
  readonly expiresAt: string | undefined;
  readonly bytes: number;
  readonly sha256: string;
  readonly file: string;
}

export interface ArtifactService {
  readonly url: string;
  /** What a `GITHUB_TOKEN` would be. */
  readonly token: string;
  /** What it says of environments and of workflow runs. */
  readonly repository: Repository;
  /** The variables of a runner in run 1. */
  readonly env: Readonly<Record<string, string>>;
  /** The variables of a runner in another run. */
  environment(runId: string, job?: string): Readonly<Record<string, string>>;
  artifacts(): readonly StoredArtifact[];
  close(): Promise<void>;
}

/**
 * Starts an artifact service on loopback that the client of `@actions/artifact` takes for GitHub's, and that is
 * stricter: it checks every field, token, hash, length and content type.
 */
export async function startArtifactService(options: ArtifactServiceOptions): Promise<ArtifactService> {
  await mkdir(options.dir, { recursive: true });
  const [records, blobs] = [new Records(options.contentTypes), new Blobs(options.dir, options.damage)];
  const [tokens, repository] = [new Tokens(), new Repository()];
  const server = createServer((request, response) => {
    handle(service, options, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: Service = {
    records,
    blobs,
    tokens,
    repository,
    digest: (sha256) => (options.digest ?? ((digest) => digest))(`sha256:${sha256}`),
    signedUrl: ({ id }, purpose) =>
      // An account before the container, as in every URL of a blob that has no host name for it.
      `${url}/account/artifacts/${id}?purpose=${purpose}&sig=${tokens.sign(`${purpose} ${id}`)}`,
  };
  const environment = (runId: string, job = 'job') => ({
    ACTIONS_RESULTS_URL: `${url}/`,
    ACTIONS_RUNTIME_TOKEN: tokens.issue({ run: runBackendId(runId), job }),
    GITHUB_API_URL: url,
    GITHUB_RUN_ID: runId,
    NO_PROXY: '127.0.0.1',
  });
  return {
    url,
    token: tokens.api,
    repository,
    env: environment('1'),
    environment,
    artifacts: () => records.list().map(describe),
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  service: Service,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  try {
    const status = faults.refuse?.(operationOf(request, url));
    if (status !== undefined) {
      throw new Refusal(status, 'fault', 'refused by a test');
    }
    if (url.pathname.startsWith('/twirp/')) {
      sendJson(response, 200, await answerTwirp(service, url.pathname, request));
    } else if (url.pathname.startsWith('/repos/')) {
      const answer = answerRest(service, url, request);
      'location' in answer
        ? response.writeHead(302, { location: answer.location }).end()
        : sendJson(response, 200, answer);
    } else {
      await answerBlob(service, url, request, response);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    request.resume();
    const { status, code, message } = error;
    sendJson(response, status, { code, msg: message, message });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function describe(record: ArtifactRecord): StoredArtifact {
  const { id, name, mimeType, expiresAt, run, blob } = record;
  const { bytes = 0, sha256 = '', file = '' } = blob ?? {};
  return { id, name, mimeType, expiresAt, runId: run.replace(/^run-/, ''), bytes, sha256, file };
}
