import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';
import { answerRepository } from './repository.ts';
import type { Service } from './twirp.ts';

/** Where a `Redirect` sends the client. */
export interface Redirect {
  readonly location: string;
}

/**
 * The part of GitHub's REST API by which artifacts of another run are found and fetched, and environments and runs
 * looked at.
 * @throws Refusal 401 without the API's token, 404 for what there is not
 */
export function answerRest(service: Service, url: URL, request: IncomingMessage): object | Redirect {
  if (!/^(token|Bearer) /i.test(request.headers.authorization ?? '') || !hasToken(service, request)) {
    throw new Refusal(401, 'unauthorized', 'Bad credentials');
  }
  const known = answerRepository(service.repository, url);
  if (known !== undefined) {
    return known;
  }
  const [, run] = /^\/repos\/[^/]+\/[^/]+\/actions\/runs\/(\d+)\/artifacts$/.exec(url.pathname) ?? [];
  if (run !== undefined) {
    return listRun(service, run, url.searchParams);
  }
  const [, id] = /^\/repos\/[^/]+\/[^/]+\/actions\/artifacts\/(\d+)\/zip$/.exec(url.pathname) ?? [];
  if (id === undefined) {
    throw new Refusal(404, 'not_found', 'Not Found');
  }
  return { location: service.signedUrl(service.records.byId(Number(id)), 'download') };
}

function hasToken(service: Service, request: IncomingMessage): boolean {
  return request.headers.authorization?.split(' ')[1] === service.tokens.api;
}

function listRun(service: Service, run: string, query: URLSearchParams): object {
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 30)];
  const name = query.get('name');
  const found = service.records
    .list(runBackendId(run))
    .filter((record) => (name ?? record.name) === record.name);
  const artifacts = found.slice((page - 1) * size, page * size).map((record) => ({
    id: record.id,
    name: record.name,
    size_in_bytes: record.blob?.bytes,
    created_at: record.createdAt,
    expires_at: record.expiresAt,
    expired: false,
    digest: service.digest(record.blob?.sha256 ?? ''),
    workflow_run: { id: Number(run) },
  }));
  return { total_count: found.length, artifacts };
}

/** What the runner's service calls the run that `GITHUB_RUN_ID` names. */
export function runBackendId(run: string): string {
  return `run-${run}`;
}
