import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import type { HostJournal } from '../../src/domain/journal.ts';
import type { HealthCheck } from '../../src/domain/plan.ts';
import { askBefore, nothingStopped } from '../../src/phases/ask-before.ts';
import { Secret } from '../../src/shell/secret.ts';
import { movedHosts } from '../support/moved-hosts.ts';
import { aResolved } from '../support/resolved.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

/** An old version: it has no page /new, and calls itself 0.15. */
let server: Server;
let port: number;
let asked: string[] = [];
/** How often it answers that it is still starting. */
let starting = 0;
beforeAll(async () => {
  server = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${headers['x-auth-token']}`);
    starting -= 1;
    response.writeHead(starting >= 0 ? 503 : url === '/' ? 200 : 404).end('"version": "0.15"');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

/** What `front` on host `one` answers to this check, with the words of a refusal and of the log. */
async function answerTo(
  check: Partial<HealthCheck> & { readonly path?: string },
  down: readonly string[] = [],
): Promise<{ refusals: string[]; log: readonly string[]; asked: readonly string[] }> {
  await using hosts = await movedHosts('one', 'two', 'three');
  asked = [];
  const { path = '/', ...rest } = check;
  const health: HealthCheck = {
    http: `http://127.0.0.1:${port}${path}`,
    header: { 'X-Auth-Token': { secret: 'TOKEN' } },
    status: 200,
    before: 'same',
    within: 1,
    ...rest,
  };
  const resolved = aResolved();
  const { front, ...others } = resolved.plan.roles;
  if (front === undefined) {
    throw new Error('the example has a role front');
  }
  const services = Object.fromEntries(
    ['web', 'queue'].map((name) => [name, { running: !down.includes(name) }]),
  );
  const refusals = await askBefore(
    hosts.runner,
    { ...resolved, plan: { ...resolved.plan, roles: { front: { ...front, health: [health] }, ...others } } },
    new Map([['one', { services } as unknown as HostFacts]]),
    new Map([['TOKEN', new Secret('TOKEN', 'swordfish')]]),
  );
  return { refusals, log: hosts.log.lines, asked };
}

describe('askBefore', () => {
  it('has nothing to say of a good answer, and asks with the secret', async () => {
    expect(await answerTo({ body: '"0.15"' })).toEqual({ refusals: [], log: [], asked: ['/ swordfish'] });
  });

  it.each([
    ['a wrong path', { path: '/wrong' }, 'HTTP/1.1 404 Not Found'],
    ['a wrong port', { http: 'http://127.0.0.1:1/' }, 'Connection refused'],
    ['a wrong word', { body: '"0.16"' }, 'wanted was status 200 and in the body: "0.16"'],
    ['a wrong status', { before: 'status', status: 403 }, 'HTTP/1.1 200 OK'],
  ] as const)('refuses %s, and shows what came', async (_what, check, words) => {
    const { refusals } = await answerTo(check);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatch(/^one: front runs, and does not answer at http:.*before: status/);
    expect(refusals[0]).toContain(words);
  });

  it.each([
    ['the words of the new version', { body: '"0.16"', before: 'status' }, ['/ swordfish']],
    ['a page of the new version', { path: '/new', before: 'nothing' }, []],
  ] as const)('does not ask for %s', async (_what, check, requests) => {
    expect(await answerTo(check)).toEqual({ refusals: [], log: [], asked: requests });
  });

  it('gives a service a moment that has just come up', async () => {
    starting = 2;
    expect((await answerTo({ within: 600 })).refusals).toEqual([]);
  });

  it('only warns where a service of the role is down already', async () => {
    const { refusals, log } = await answerTo({ path: '/wrong' }, ['web']);
    expect(refusals).toEqual([]);
    expect(log).toEqual([
      expect.stringMatching(/one: web is down already, and front does not answer at .*\n.*404 Not Found/),
    ]);
    expect((await answerTo({ path: '/wrong' }, ['queue'])).refusals).toHaveLength(1);
  });
});

it('knows from the journals whether a stop has begun anywhere', () => {
  const journal = (...ids: string[]): HostJournal => ({
    epoch: 0,
    lock: null,
    current: 'u1',
    plan: null,
    steps: new Map(ids.map((id) => [id, { state: { kind: 'unborn' } }])),
    records: new Map(),
  });
  const prepared = journal('prepare.update', 'run-steps.mine');
  expect(nothingStopped(new Map([['one', prepared]]))).toBe(true);
  const stopping = journal('prepare.update', 'stop-services.hold');
  expect(
    nothingStopped(
      new Map([
        ['one', prepared],
        ['two', stopping],
      ]),
    ),
  ).toBe(false);
});
