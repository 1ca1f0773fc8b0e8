import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveState } from '@actions/core';
import { readApprovedPlan } from '../adapters/approved-plan.ts';
import { chooseStore } from '../adapters/choose-store.ts';
import { systemClock } from '../adapters/clock.ts';
import { DumpFile } from '../adapters/dump-stream.ts';
import { parseRecipients } from '../adapters/encryption.ts';
import { fateOf } from '../adapters/fate.ts';
import { freeSpace } from '../adapters/free-space.ts';
import { type GitHubApi, gitHubApi } from '../adapters/github-api.ts';
import { openLog } from '../adapters/log.ts';
import { Masks } from '../adapters/masks.ts';
import { currentOwner } from '../adapters/owner.ts';
import { scopeOf } from '../domain/scope.ts';
import type { UpgradeContext } from '../phases/context.ts';
import type { Turn } from '../phases/upgrade.ts';
import type { DumpStore, Log } from '../ports.ts';
import { cancellation } from './cancellation.ts';
import { foreseenRefusals, isPrivate, refuseOpenDumps } from './dump-rules.ts';
import { connect, loadFiles } from './environment.ts';
import { planSecrets } from './plan-secrets.ts';
import type { Request } from './request.ts';
import { secretsOf } from './secrets.ts';

/** The key of the saved state by which `post` knows whose lock to look for. */
export const OWNER_STATE = 'lock-owner';

/** And in which epochs it was taken, as JSON of `[host, epoch]`; empty where the step died before it knew. */
export const EPOCHS_STATE = 'lock-epochs';

export interface Run extends AsyncDisposable {
  readonly context: UpgradeContext;
  readonly log: Log;
  /** All secrets that were given to this run. */
  readonly masks: Masks;
  /** What its report has to say besides. */
  readonly notes: readonly string[];
}

/**
 * Reads and checks everything that can be checked before a connection, and makes what the run works with.
 * @param turn the part of the upgrade that is to run; null for the whole
 * @param needs the part whose secrets have to be there; null for the whole
 * @throws ConfigurationError for whatever the user has to mend
 */
export async function openRun(request: Request, turn: Turn | null, needs: Turn | null): Promise<Run> {
  const { connection, dryRun } = request;
  const log = openLog();
  const files = loadFiles(connection);
  const scope = scopeOf(files.plan, files.inventory, request.limit);
  const secrets = secretsOf(files.plan, process.env, needs);
  const masks = new Masks();
  for (const secret of [
    ...secrets.values(),
    // Also those that this plan does not name: whoever copies one somewhere else must not see it.
    ...planSecrets(process.env).values(),
    connection.auth.privateKey,
    connection.auth.passphrase,
    request.githubToken,
  ]) {
    if (secret !== undefined) {
      log.mask(secret.reveal());
      masks.add(secret.reveal());
    }
  }
  const { encryptTo, directory } = connection.dumps;
  const recipients = encryptTo.trim() === '' ? [] : await parseRecipients(encryptTo);
  const notes = dryRun ? foreseenRefusals(() => lastingStore(request, recipients)) : [];
  for (const note of notes) {
    log.warning(note);
  }
  const store = dryRun ? storeIn(directory || tmpdir(), request) : lastingStore(request, recipients);
  const hosts = connect(connection, files, log);
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'synnefo-upgrade-'));
  const owner = currentOwner(Date.now());
  const context: UpgradeContext = {
    runner: { hosts, log, clock: systemClock, signal: cancellation() },
    files,
    secrets,
    owner,
    takeover: { force: request.forceUnlock, fateOf: (holder) => fateOf(holder, apiOf(request)) },
    dumps: {
      store,
      recipients,
      folder,
      receive: (file, options) => DumpFile.create(file, { ...options, recipients }),
      kept: store.kind === 'directory' && directory !== '' ? directory : null,
      freeSpace,
    },
    dryRun,
    // Whoever can read a repository can read its runs.
    showsFiles: process.env.GITHUB_ACTIONS !== 'true' || isPrivate(process.env),
    turn,
    scope,
    resolution: request.resolution,
    approved: approvedPlanOf(request),
    proposes: false,
    onApprovable: () => undefined,
    onLock: () => saveState(OWNER_STATE, owner.key),
    onLocked: (epochs) => saveState(EPOCHS_STATE, JSON.stringify([...epochs])),
  };
  return {
    context,
    log,
    masks,
    notes,
    async [Symbol.asyncDispose]() {
      await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function approvedPlanOf({ approved }: Request): UpgradeContext['approved'] {
  return approved === null
    ? null
    : { digest: approved.digest, read: async () => await readApprovedPlan(approved.artifact) };
}

function apiOf({ githubToken }: Request): GitHubApi | null {
  return githubToken === undefined ? null : gitHubApi(githubToken);
}

/** Where dumps last. @throws ConfigurationError where there is no such place, or they must not go there as they are */
function lastingStore(request: Request, recipients: readonly string[]): DumpStore {
  const { directory, acceptUnencrypted } = request.connection.dumps;
  const store = storeIn(directory, request);
  refuseOpenDumps(store, recipients, acceptUnencrypted, process.env);
  return store;
}

function storeIn(directory: string, { connection, githubToken }: Request): DumpStore {
  const { retentionDays } = connection.dumps;
  return chooseStore(directory, {
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(githubToken === undefined ? {} : { token: githubToken }),
  });
}
