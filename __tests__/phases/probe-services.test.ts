import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HostFacts } from '../../src/domain/facts.ts';
import type { HealthCheck } from '../../src/domain/plan.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { ServiceProbe } from '../../src/phases/probe-services.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { movedHosts } from '../support/moved-hosts.ts';
import { aResolved, aResolvedHost } from '../support/resolved.ts';

let server: Server;
let status = 200;
let requests = 0;
beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(status).end('old');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Two hosts whose service ran, with a check of each kind. */
function resolved(): ResolvedPlan {
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const check = (overrides: Partial<HealthCheck>): HealthCheck => ({
    http,
    header: {},
    status: 200,
    before: 'same',
    within: 1,
    ...overrides,
  });
  const health = [
    check({ body: 'old' }),
    check({ body: 'new', before: 'status' }),
    check({ body: 'new', before: 'nothing' }),
  ];
  const front = aRole({ services: ['web'], health });
  return aResolved({
    plan: aPlan({ roles: { front } }),
    inventory: anInventory({
      hosts: { one: aHost({ roles: ['front'] }), two: aHost({ roles: ['front'] }) },
      databases: {},
    }),
    hosts: { one: aResolvedHost({ running: ['web'] }), two: aResolvedHost({ running: ['web'] }) },
  });
}

const facts = new Map(['one', 'two'].map((host) => [host, { clockOffset: 0 } as HostFacts]));

/** Waits until the pages were asked so often more. */
async function asked(times: number): Promise<void> {
  for (const from = requests; requests < from + times; ) {
    await sleep(20);
  }
}

describe('ServiceProbe', () => {
  it('sees services go and come back, by what holds before and after', async () => {
    await using hosts = await movedHosts('one', 'two');
    const probe = new ServiceProbe(hosts.runner, resolved(), facts, new Map(), new Set(['one', 'two']));
    await asked(8);
    const began = Date.now();
    status = 503;
    await asked(8);
    status = 200;
    await asked(12);
    const report = await probe.end({ began, ended: null });
    expect(report?.checks.map(({ host, role, before }) => [host, role, before])).toEqual([
      ['one', 'front', 'good'],
      ['one', 'front', 'good'],
      ['two', 'front', 'good'],
      ['two', 'front', 'good'],
    ]);
    for (const { bad, goodAgain, gaps } of report?.checks ?? []) {
      expect(bad).toBeGreaterThanOrEqual(began - 1);
      expect(goodAgain).toBeGreaterThan(bad ?? Number.POSITIVE_INFINITY);
      expect(gaps).toEqual([]);
    }
    expect(report?.seconds).toBeGreaterThan(0);
    expect(hosts.log.lines).toEqual([]);
  });

  it('asks only hosts that this run may touch, and nothing where there is nothing to ask', async () => {
    await using hosts = await movedHosts('one', 'two');
    const some = new ServiceProbe(hosts.runner, resolved(), facts, new Map(), new Set(['two']));
    await asked(2);
    expect((await some.end(null))?.checks.map(({ host }) => host)).toEqual(['two', 'two']);
    const none = new ServiceProbe(hosts.runner, resolved(), facts, new Map(), new Set());
    expect(await none.end(null)).toBeNull();
  });
});
