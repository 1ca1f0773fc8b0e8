/** Serves a folder over http until it is killed: `node repository-server.ts FOLDER ADDRESS PORT`. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const [folder, address, port] = process.argv.slice(2);
if (folder === undefined || address === undefined || port === undefined)
  throw new Error('FOLDER ADDRESS PORT');

/** Only what apt asks for; the signing key lies beside it. */
const SERVED = /^\/(dists|pool)\//;

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
  const file = join(folder, path);
  const stat = SERVED.test(path) ? statSync(file, { throwIfNoEntry: false }) : undefined;
  const found = stat?.isFile() === true;
  // One line a request, so that a test can tell who downloaded what and when.
  console.log(`${new Date().toISOString()} ${request.socket.remoteAddress} ${found ? 200 : 404} ${path}`);
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const lastModified = stat.mtime.toUTCString();
  response.writeHead(200, { 'Content-Length': stat.size, 'Last-Modified': lastModified });
  createReadStream(file).pipe(response);
});

server.listen(Number(port), address);
