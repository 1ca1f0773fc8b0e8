import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askHealth } from '../../src/commands/health.ts';
import type { HealthRequest } from '../../src/commands/health-request.ts';
import { Secret } from '../../src/shell/secret.ts';
import { type Ran, run } from './support/run.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let handler: Handler;
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const secrets = new Map([['TOKEN', new Secret('TOKEN', `s3cret "' $(x)`)]]);

function ask(check: Partial<HealthRequest>, answer: Handler): Promise<Ran> {
  handler = answer;
  const whole = { http: `http://127.0.0.1:${port}/`, header: {}, status: 200, within: 0, ...check };
  return run(askHealth(whole, secrets));
}

describe('asks', () => {
  it('the page with its headers, secrets from the environment', async () => {
    const seen: IncomingMessage[] = [];
    const check = {
      http: `http://127.0.0.1:${port}/a%20b?c=d&e='$x'`,
      header: { 'X-Auth-Token': { secret: 'TOKEN' }, 'X-Plain': 'a: "b"; $c' },
      body: '"status": "ok"',
    };
    const ran = await ask(check, (request, response) => {
      seen.push(request);
      response.end('{"status": "ok"}');
    });
    expect(ran).toEqual({ code: 0, stdout: 'HTTP/1.1 200 OK\n', stderr: '' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'GET',
      httpVersion: '1.0',
      url: `/a%20b?c=d&e='$x'`.replaceAll("'", '%27'),
      headers: {
        host: `127.0.0.1:${port}`,
        connection: 'close',
        'x-auth-token': `s3cret "' $(x)`,
        'x-plain': 'a: "b"; $c',
      },
    });
    const { script, title } = askHealth({ ...check, status: 200, within: 1 }, secrets);
    expect(script + title).not.toContain('s3cret');
  });

  it('again until it is healthy', async () => {
    let count = 0;
    const ran = await ask({ within: 20, body: 'ready' }, (_request, response) => {
      count += 1;
      response.writeHead(count < 3 ? 503 : 200).end(count < 4 ? 'not yet' : 'ready');
    });
    expect(ran.code).toBe(0);
    expect(count).toBe(4);
  });

  it('for another status than 200', async () => {
    expect(await ask({ status: 401 }, (_request, response) => response.writeHead(401).end())).toMatchObject({
      code: 0,
    });
  });
});

describe('fails', () => {
  it('with the last status and the beginning of the body', async () => {
    const ran = await ask({ body: 'ok' }, (_request, response) =>
      response.writeHead(500).end('x'.repeat(2000)),
    );
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('wanted was status 200 and in the body: ok\n');
    expect(ran.stdout).toContain(`the last answer: HTTP/1.1 500 Internal Server Error\n${'x'.repeat(500)}\n`);
    expect(ran.stdout).not.toContain('x'.repeat(501));
  });

  it('when the expected words stand only in a header', async () => {
    const ran = await ask({ body: 'ok' }, (_request, response) =>
      response.setHeader('x-status', 'ok').end('wrong'),
    );
    expect(ran.code).toBe(1);
  });

  it('when nobody listens', async () => {
    const ran = await ask({ http: 'http://127.0.0.1:1/' }, () => {});
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('Connection refused');
  });

  it('when the page hangs', async () => {
    const ran = await ask({}, () => {});
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('the last answer: none');
  });

  it('on an answer with bytes that are no text', async () => {
    const ran = await ask({ body: 'ok' }, (_request, response) =>
      response.end(Buffer.from([0, 255, 10, 0, 111, 107])),
    );
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  });
});

it('refuses a secret that is missing, and headers that would end their line', () => {
  const check = { http: 'http://127.0.0.1/', status: 200, within: 1 };
  expect(() => askHealth({ ...check, header: { A: { secret: 'NONE' } } }, secrets)).toThrow('is not set');
  expect(() => askHealth({ ...check, header: { A: 'x\r\nB: y' } }, secrets)).toThrow('would end its line');
});
