import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import type { Report } from '../../src/domain/report.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import { runUpgrade } from '../../src/phases/run-upgrade.ts';
import { planText } from '../../src/phases/take-up.ts';
import type { Transport } from '../../src/ports.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { lookAnswer, printed } from '../support/look-answer.ts';
import { anOwner, type MovedHosts, movedHosts, NOBODY_GONE, openJournal } from '../support/moved-hosts.ts';
import { aResolvedHost } from '../support/resolved.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Real processes on a machine that may be busy.
jest.setTimeout(60_000);

const FACTS = join(import.meta.dirname, '../fixtures/facts/bookworm-systemd.txt');

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
  const health = [{ http, header: {}, status: 200, before: 'same' as const, within: 1 }];
  const roles = { front: aRole({ services: ['gunicorn'], packages: ['snf-common'], health }) };
  const order = ['gunicorn'];
  const plan = aPlan({
    roles,
    services: { gunicorn: {} },
    'stop-order': order,
    'start-order': order,
    versions: { from: {}, to: { 'snf-common': '>= 0.16~, < 0.17~' }, same: [] },
  });
  const inventory = anInventory({ hosts: { one: aHost({ roles: ['front'] }) }, databases: {} });
  return { schema: 1, plan, inventory, sources: {}, hosts: { one: aResolvedHost({ running: order }) } };
}

/** Runs it dry; apt and the services are those of the recorded host, all else is real. */
async function dryRun(hosts: MovedHosts): Promise<Report> {
  await using folder = await temporaryFolder();
  const real = hosts.host('one');
  const said: Record<string, string> = {
    'read facts': await readFile(FACTS, 'utf8'),
    'simulate the install': lookAnswer(printed('simulation', '')),
  };
  const one: Transport = {
    host: 'one',
    exec: async (command, options) => {
      const stdout = said[command.title];
      return stdout === undefined
        ? await real.exec(command, options)
        : { code: 0, signal: null, stdout, stderr: '' };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  requests = 0;
  const { plan, inventory, sources } = upgradeOf();
  return await runUpgrade({
    runner: { ...hosts.runner, hosts: new Map([['one', one]]) },
    files: { plan, inventory, sources },
    secrets: new Map(),
    owner: anOwner(),
    takeover: NOBODY_GONE,
    dumps: {
      store: new DirectoryStore(folder.path),
      recipients: [],
      folder: folder.path,
      receive: DumpFile.create,
    },
    dryRun: true,
    turn: null,
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
    onLock: () => undefined,
    onLocked: () => undefined,
  });
}

const words = /one: front runs, and does not answer at http:/;

it('refuses a new upgrade whose services do not answer as they will have to', async () => {
  await using hosts = await movedHosts('one');
  const { outcome, failure } = await dryRun(hosts);
  expect(outcome).toBe('refused');
  expect(failure?.what).toMatch(words);
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
