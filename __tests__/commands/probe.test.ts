import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { HealthRequest } from '../../src/commands/health-request.ts';
import { probeHealth } from '../../src/commands/probe.ts';
import { Secret } from '../../src/shell/secret.ts';

let server: Server;
let port: number;
/** What the pages answer, by path. */
const status: Record<string, number> = {};
/** The tokens of those who asked for a page of its own: the probe before may still be at its last request. */
const tokens: unknown[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/tokens') {
      tokens.push(request.headers['x-token']);
    }
    response.writeHead(status[request.url ?? ''] ?? 404).end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

let child: ChildProcess;
afterEach(() => {
  child.kill('SIGKILL');
});

/** Starts the probe, and reads its lines one by one. */
function probe(...checks: readonly Partial<HealthRequest>[]): () => Promise<string> {
  const whole = checks.map((check) => ({
    http: `http://127.0.0.1:${port}/a`,
    header: {},
    status: 200,
    ...check,
  }));
  const secrets = new Map([['TOKEN', new Secret('TOKEN', "s3cret '$x")]]);
  const command = probeHealth(
    whole.map((check) => ({ within: 0, ...check })),
    secrets,
  );
  expect(command.script + command.title).not.toContain('s3cret');
  const env = Object.entries(command.env ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.reveal(),
  ]);
  child = spawn('bash', ['-c', command.script], {
    env: { ...process.env, ...Object.fromEntries(env) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    child.emit('line');
  });
  return async () => {
    while (lines.length === 0) {
      await once(child, 'line');
    }
    return lines.shift() ?? '';
  };
}

/** The next line that is no sign of life. */
async function change(next: () => Promise<string>): Promise<string> {
  for (;;) {
    const line = await next();
    if (line.includes(' ')) {
      return line;
    }
  }
}

describe('probeHealth', () => {
  it('prints the first answer of every page and then what changes, with times, and shows that it lives', async () => {
    Object.assign(status, { '/a': 200, '/b': 500 });
    const before = Date.now();
    const next = probe({}, { http: `http://127.0.0.1:${port}/b` });
    const first = await next();
    expect(first).toMatch(/^\d+\.\d+ 0 good$/);
    expect(Number(first.split(' ')[0]) * 1000).toBeGreaterThanOrEqual(before - 1);
    expect(await next()).toMatch(/^\d+\.\d+ 1 bad$/);
    expect(await next()).toMatch(/^\d+\.\d+$/);
    status['/a'] = 503;
    expect(await change(next)).toMatch(/ 0 bad$/);
    Object.assign(status, { '/a': 200, '/b': 200 });
    expect(
      [await change(next), await change(next)].map((line) => line.replace(/^\S+ /, '')).toSorted(),
    ).toEqual(['0 good', '1 good']);
  });

  it('asks with headers, and for the words of the body', async () => {
    Object.assign(status, { '/tokens': 200 });
    const http = `http://127.0.0.1:${port}/tokens`;
    const next = probe(
      { http, header: { 'X-Token': { secret: 'TOKEN' } }, body: 'hell' },
      { http, header: { 'X-Token': 'plain' }, body: 'bye' },
    );
    expect((await next()).slice(-6)).toBe('0 good');
    expect((await next()).slice(-5)).toBe('1 bad');
    expect(tokens.slice(0, 2)).toEqual(["s3cret '$x", 'plain']);
  });

  it('calls it bad where nobody listens', async () => {
    const next = probe({ http: 'http://127.0.0.1:1/' });
    expect((await next()).slice(-5)).toBe('0 bad');
  });

  it('ends when nobody takes what it prints', async () => {
    const next = probe({});
    await next();
    child.stdout?.destroy();
    const [code, signal] = await once(child, 'exit');
    expect(signal ?? code).toBe('SIGPIPE');
  });

  it('ends by itself after a minute, whatever becomes of the connection', () => {
    const { script } = probeHealth([], new Map());
    expect(script).toContain('SECONDS_OF_LIFE=60\n');
    child = spawn('bash', ['-c', script.replace('SECONDS_OF_LIFE=60', 'SECONDS_OF_LIFE=1')], {
      stdio: 'ignore',
    });
    return expect(once(child, 'exit')).resolves.toEqual([0, null]);
  });

  it('refuses a secret that is missing', () => {
    child = spawn('true');
    const check = { http: 'http://x/', header: { 'X-Token': { secret: 'NONE' } }, status: 200, within: 0 };
    expect(() => probeHealth([check], new Map())).toThrow(RangeError);
  });
});
