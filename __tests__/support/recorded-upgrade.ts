import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReport } from '../../fleet/published-report.ts';
import { DirectoryStore } from '../../src/adapters/directory-store.ts';
import { DumpFile } from '../../src/adapters/dump-stream.ts';
import { freeSpace } from '../../src/adapters/free-space.ts';
import type { HealthCheck } from '../../src/domain/plan.ts';
import type { Report } from '../../src/domain/report.ts';
import type { ResolvedPlan } from '../../src/domain/resolved.ts';
import { scopeOf } from '../../src/domain/scope.ts';
import type { UpgradeContext } from '../../src/phases/context.ts';
import { runUpgrade } from '../../src/phases/run-upgrade.ts';
import type { Transport } from '../../src/ports.ts';
import { aHost, anInventory, aPlan, aRole } from '../domain/examples.ts';
import { lookAnswer, printed } from './look-answer.ts';
import { anOwner, type MovedHosts, NOBODY_GONE } from './moved-hosts.ts';
import { aResolvedHost } from './resolved.ts';
import { temporaryFolder } from './temporary-folder.ts';

const FACTS = join(import.meta.dirname, '../fixtures/facts/bookworm-systemd.txt');

/** An upgrade of the recorded host, which has one service that runs. */
export function recordedUpgrade(health: readonly HealthCheck[] = []): ResolvedPlan {
  const roles = {
    front: aRole({ services: ['gunicorn'], packages: ['snf-common'], health: [...health] }),
  };
  const order = ['gunicorn'];
  const plan = aPlan({
    roles,
    services: { gunicorn: {} },
    'stop-order': order,
    'start-order': order,
    versions: { from: {}, to: { 'snf-common': '>= 0.16~, < 0.17~' }, same: [] },
  });
  const inventory = anInventory({ hosts: { one: aHost({ roles: ['front'] }) }, databases: {} });
  const hosts = { one: aResolvedHost({ running: order }) };
  return { schema: 1, plan, inventory, sources: {}, hosts, irreversible: [] };
}

/** As if it were now, and no tool were missing. */
async function recordedFacts(unread: string): Promise<string> {
  const text = await readFile(FACTS, 'utf8');
  const nanoseconds = `${BigInt(Date.now()) * 1_000_000n}`;
  return text
    .replace(/\b\d{19}\b/g, nanoseconds)
    .replace('missing|nonesuch\n', unread === '' ? '' : `unread|${unread}\n`);
}

interface Answers {
  readonly simulation?: string;
  readonly unread?: string;
  readonly fails?: string;
}

/**
 * Runs it dry; apt and the services are those of the recorded host, all else is real.
 * @param simulation what apt says that it would do
 * @param unread why the package lists could not be read; nothing where they could
 * @param fails the title of a command that fails
 */
export async function dryRunRecorded(
  hosts: MovedHosts,
  { plan, inventory, sources }: ResolvedPlan,
  { simulation = '', unread = '', fails, ...more }: Partial<UpgradeContext> & Answers = {},
): Promise<Report> {
  await using folder = await temporaryFolder();
  const real = hosts.host('one');
  const said: Record<string, string> = {
    'read facts': await recordedFacts(unread),
    'simulate the install': lookAnswer(printed('simulation', simulation)),
  };
  const one: Transport = {
    host: 'one',
    exec: async (command, options) => {
      if (command.title === fails) {
        return { code: 100, signal: null, stdout: '', stderr: 'it does not want to\n' };
      }
      const stdout = said[command.title];
      return stdout === undefined
        ? await real.exec(command, options)
        : { code: 0, signal: null, stdout, stderr: '' };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const { path } = folder;
  const report = await runUpgrade({
    runner: { ...hosts.runner, hosts: new Map([['one', one]]) },
    files: { plan, inventory, sources },
    secrets: new Map(),
    owner: anOwner(),
    takeover: NOBODY_GONE,
    dumps: {
      store: new DirectoryStore(path),
      recipients: [],
      folder: path,
      receive: DumpFile.create,
      kept: null,
      freeSpace,
    },
    dryRun: true,
    showsFiles: true,
    turn: null,
    scope: scopeOf(plan, inventory, []),
    resolution: new Map(),
    approved: null,
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => undefined,
    onLocked: () => undefined,
    ...more,
  });
  return readReport(JSON.stringify(report));
}
