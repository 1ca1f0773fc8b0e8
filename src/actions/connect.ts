import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportVariable, getState, saveState, setOutput } from '@actions/core';
import { connectHosts } from '../adapters/connect-hosts.ts';
import { parseRecipients } from '../adapters/encryption.ts';
import { openLog } from '../adapters/log.ts';
import { Masks } from '../adapters/masks.ts';
import { type SshAgent, startAgent, stopAgent } from '../adapters/ssh-agent.ts';
import type { SshAuth } from '../adapters/ssh-target.ts';
import type { LoadedUpgrade } from '../config/load.ts';
import { lookIn } from '../executor/look-in.ts';
import type { Log } from '../ports.ts';
import { refusedReport } from '../report/refused.ts';
import { type Connection, connectionOfInputs, handedOn } from './connection.ts';
import { loadFiles } from './environment.ts';
import { finish } from './finish.ts';
import { inputs } from './inputs.ts';
import { flag } from './values.ts';

/** The keys of the saved state by which `post` finds the agent. */
const AGENT_SOCKET = 'agent-socket';
const AGENT_PID = 'agent-pid';

/**
 * Checks the files, loads the key, logs in everywhere once, and hands the connection to the job's later steps. A dry run
 * ends after the checks, and hands nothing on.
 */
export async function main(): Promise<void> {
  const log = openLog();
  const masks = new Masks();
  try {
    const dryRun = flag(inputs, 'dry-run');
    const connection = connectionOfInputs();
    hide(connection, log, masks);
    const files = loadFiles(connection);
    if (connection.dumps.encryptTo.trim() !== '') {
      await parseRecipients(connection.dumps.encryptTo);
    }
    // Reads the key and known_hosts, so that what is wrong with them is said before an agent runs.
    connectHosts(files.inventory, connection.auth, connection.knownHosts, log);
    if (dryRun) {
      log.notice(
        'the files and the key can be read; nobody was asked, and later steps of this job are not connected',
      );
    } else {
      const auth = await loadKey(connection, log);
      await logIn(files, auth, connection.knownHosts, log);
      await handOn(connection);
    }
    setOutput('hosts', JSON.stringify(Object.keys(files.inventory.hosts)));
  } catch (error) {
    await finish(refusedReport(inputs.get('plan'), error), { log, masks });
  }
}

/** Ends the agent that the main step started. */
export async function post(): Promise<void> {
  const [socket, pid] = [getState(AGENT_SOCKET), getState(AGENT_PID)];
  if (socket !== '' && pid !== '') {
    await stopAgent({ socket, pid });
  }
}

function hide({ auth }: Connection, log: Log, masks: Masks): void {
  for (const secret of [auth.privateKey, auth.passphrase]) {
    if (secret !== undefined) {
      log.mask(secret.reveal());
      masks.add(secret.reveal());
    }
  }
}

/** Puts the key into an agent, whose socket is all that later steps see of it. */
async function loadKey({ auth }: Connection, log: Log): Promise<SshAuth> {
  if (auth.privateKey === undefined) {
    return auth;
  }
  const { socket, pid } = await startAgent(auth.privateKey, auth.passphrase, log, remember);
  exportVariable('SSH_AUTH_SOCK', socket);
  exportVariable('SSH_AGENT_PID', pid);
  return { agent: socket };
}

/** So that `post` ends it, whatever becomes of this process. */
function remember({ socket, pid }: SshAgent): void {
  saveState(AGENT_SOCKET, socket);
  saveState(AGENT_PID, pid);
}

/** @throws an AggregateError with the failure of every host that did not let us in */
async function logIn(
  { inventory }: LoadedUpgrade,
  auth: SshAuth,
  knownHosts: string,
  log: Log,
): Promise<void> {
  const hosts = [...connectHosts(inventory, auth, knownHosts, log).values()];
  try {
    const ends = await Promise.allSettled(
      hosts.map(async (host) => {
        await lookIn(host);
        log.info(`${host.host}: logged in`);
      }),
    );
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (failures.length > 0) {
      throw new AggregateError(failures, `${failures.length} of ${hosts.length} hosts did not let us in`);
    }
  } finally {
    await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
  }
}

async function handOn({ knownHosts }: Connection): Promise<void> {
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'synnefo-upgrade-connection-'));
  const file = join(folder, 'known_hosts');
  await writeFile(file, `${knownHosts.trimEnd()}\n`, { mode: 0o600 });
  for (const [name, value] of Object.entries(handedOn(file))) {
    exportVariable(name, value);
  }
}
