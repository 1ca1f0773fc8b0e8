import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Report } from '../../src/domain/report.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { planText } from '../../src/phases/take-up.ts';
import { type MovedHosts, movedHosts, openJournal } from '../support/moved-hosts.ts';
import { dryRunRecorded, recordedUpgrade } from '../support/recorded-upgrade.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

let server: Server;
let requests = 0;
beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

/** An upgrade of the recorded host, whose service runs and answers 404. */
function upgradeOf(): ResolvedPlan {
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return recordedUpgrade([{ http, header: {}, status: 200, before: 'same', within: 1 }]);
}

async function dryRun(hosts: MovedHosts): Promise<Report> {
  requests = 0;
  return await dryRunRecorded(hosts, upgradeOf());
}

const words = /one: front runs, and does not answer at http:/;

it('refuses a new upgrade whose services do not answer as they will have to', async () => {
  await using hosts = await movedHosts('one');
  const { outcome, failure, digest } = await dryRun(hosts);
  expect(outcome).toBe('refused');
  expect(failure?.what).toMatch(words);
  // There is nothing to approve.
  expect(digest).toBeNull();
});

it('refuses one that is taken up, until a stop has begun: from then on nobody is asked', async () => {
  await using hosts = await movedHosts('one');
  const journal = await openJournal(hosts, 'u1', planText(upgradeOf()));
  expect((await dryRun(hosts)).failure?.what).toMatch(words);
  const step = join(hosts.host('one').root, 'upgrades', journal.upgrade, 'steps', 'stop-services.hold');
  await mkdir(step, { recursive: true });
  await writeFile(join(step, 'epoch'), '1\n');
  expect(await dryRun(hosts)).toMatchObject({ outcome: 'planned', failure: null });
  expect(requests).toBe(0);
});
