import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HealthRequest } from '../../src/commands/health-request.ts';
import { look, type Question } from '../../src/facts/look.ts';
import { askPage, parsePage } from '../../src/facts/page.ts';
import { Secret } from '../../src/shell/secret.ts';
import { run } from '../commands/support/run.ts';

let server: Server;
let port: string;
let seen: IncomingMessage[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    response.end(`"status": "ok" | \\ ${'x'.repeat(600)}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = String((server.address() as AddressInfo).port);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const TOKEN = `s3cret "' $(x) | \\n`;

async function ask(check: Partial<HealthRequest>): Promise<string | null> {
  seen = [];
  const whole = { http: `http://127.0.0.1:${port}/`, header: {}, status: 200, within: 0, ...check };
  const command = askPage(whole, new Map([['TOKEN', new Secret('TOKEN', TOKEN)]]));
  expect(command.script + command.title).not.toContain('s3cret');
  const { code, stdout, stderr } = await run(command);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parsePage('one', stdout);
}

describe('askPage', () => {
  it('asks with its headers, whatever stands in them', async () => {
    const header = { 'X-Auth-Token': { secret: 'TOKEN' }, 'X-Plain': 'a: "b"; $c', 'X-Empty': '' };
    const http = `http://localhost:${port}/a%20b?c=d&e=$x`;
    expect(await ask({ http, header, body: '"status": "ok" | \\ x' })).toBeNull();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'GET',
      url: '/a%20b?c=d&e=$x',
      headers: { host: `localhost:${port}`, 'x-auth-token': TOKEN, 'x-plain': 'a: "b"; $c', 'x-empty': '' },
    });
  });

  it('says what came instead', async () => {
    const wrong = await ask({ status: 401, body: 'no' });
    expect(wrong).toContain('wanted was status 401 and in the body: no\n');
    expect(wrong).toContain('the last answer: HTTP/1.1 200 OK\n"status": "ok" | \\ xxx');
    expect(await ask({ http: 'http://127.0.0.1:1/' })).toContain('Connection refused');
  });
});

describe('the look script', () => {
  const good: readonly string[] = ['127.0.0.1', '1', 'one', '/', '200', '', '0'];
  const withField = (index: number, value: string): Question => ['page', ...good.with(index, value)];

  it.each<[string, Question]>([
    ['a second request in the path', withField(3, '/ HTTP/1.0\r\n\r\nPOST /x')],
    ['a second request in the host', withField(2, 'one\r\nX: y')],
    ['a path of the host for an address', withField(0, '../../etc')],
    ['a sum for a port', withField(1, '1+1')],
    ['a command for a status', withField(4, 'a[$(touch /tmp/x)]')],
    ['a command for the seconds', withField(6, 'a[$(touch /tmp/x)]')],
    ['more seconds than a minute', withField(6, '61')],
    ['a header that ends its line', ['page', ...good, 'X', 'y\r\nZ: z']],
    ['a header that is no name', ['page', ...good, 'X Y', 'y']],
    ['a header without a value', ['page', ...good, 'X']],
    ['too few fields', ['page', '127.0.0.1']],
  ])('refuses %s', async (_what, question) => {
    const { code, stdout, stderr } = await run(look('test', [question]));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});
