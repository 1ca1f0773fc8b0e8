import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './refusal.ts';
import type { Service } from './twirp.ts';

/** What a request is about: `PutBlock`, `PutBlockList`, or the last part of its path (a method's name). */
export function operationOf(request: IncomingMessage, url: URL): string {
  const comp = url.searchParams.get('comp');
  const blob = comp === 'block' ? 'PutBlock' : comp === 'blocklist' ? 'PutBlockList' : undefined;
  return request.method === 'PUT' && blob !== undefined ? blob : (url.pathname.split('/').at(-1) ?? '');
}

/**
 * Answers a request for the bytes of an artifact, which needs a signed URL.
 * @throws Refusal for another signature, for a change of a finalized artifact, for anything but blocks
 */
export async function answerBlob(
  service: Service,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = Number(/^\/account\/artifacts\/(\d+)$/.exec(url.pathname)?.[1]);
  const purpose = request.method === 'PUT' ? 'upload' : 'download';
  service.tokens.verifySignature(`${purpose} ${id}`, url.searchParams.get('sig'));
  const record = service.records.byId(id);
  if (request.method === 'GET' && record.blob !== undefined && record.finalized) {
    const headers = { 'content-type': record.mimeType, 'content-length': record.blob.bytes };
    response.writeHead(200, { ...headers, 'content-disposition': `attachment; filename="${record.name}"` });
    await pipeline(service.blobs.read(record.blob), response);
    return;
  }
  if (request.method !== 'PUT' || record.finalized) {
    throw new Refusal(409, 'BlobImmutable', 'a finalized artifact does not change');
  }
  if (operationOf(request, url) === 'PutBlock') {
    await service.blobs.putBlock(id, url.searchParams.get('blockid'), request);
  } else if (operationOf(request, url) === 'PutBlockList') {
    record.blob = await service.blobs.commit(id, request);
  } else {
    throw new Refusal(400, 'InvalidQueryParameterValue', 'only blocks and lists of blocks can be put');
  }
  response.writeHead(201, { etag: `"${id}"`, 'last-modified': new Date().toUTCString() }).end();
}
