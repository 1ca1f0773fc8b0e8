import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getExecOutput } from '@actions/exec';
import type { Log } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';
import { readCredentials } from './credentials.ts';

/** Seconds after which an agent forgets its key by itself: one whose machine died before `post` holds it no longer. */
const LIFETIME = 24 * 3600;

/** Milliseconds to wait for its socket, and between two looks. */
const PATIENCE = 10_000;
const PAUSE = 10;

/** An ssh-agent that this suite started. */
export interface SshAgent {
  /** The path of its socket, for SSH_AUTH_SOCK. */
  readonly socket: string;
  /** For SSH_AGENT_PID. */
  readonly pid: string;
}

/**
 * Starts an ssh-agent that holds one key. `born` hears of it before anything else happens, so that whoever is killed in
 * the middle can have it ended later. The key goes to `ssh-add` on its standard input: never to a file, a
 * command line or the log. The passphrase goes through the environment of that one process (ssh-add(1), SSH_ASKPASS).
 * @throws ConfigurationError for a key or passphrase that cannot be read, before an agent runs
 * @throws Error where OpenSSH's client tools are missing
 */
export async function startAgent(
  key: Secret,
  passphrase: Secret | undefined,
  log: Log,
  born: (agent: SshAgent) => void = () => undefined,
): Promise<SshAgent> {
  const auth = { privateKey: key, ...(passphrase === undefined ? {} : { passphrase }) };
  // Read once before: ssh-add asks for a wrong passphrase again and again.
  const { privateKey = '' } = readCredentials(auth, log);
  const { agent, listens } = await launch();
  born(agent);
  try {
    await listens;
    await addKey(agent, privateKey, passphrase?.reveal());
    return agent;
  } catch (error) {
    await stopAgent(agent);
    throw error;
  }
}

/** Starts the process; it stays our child's own program, so that its pid is known at once. */
async function launch(): Promise<{ agent: SshAgent; listens: Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'synnefo-upgrade-agent-'));
  const socket = join(folder, 'agent');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('ssh-agent', ['-D', '-a', socket, '-t', String(LIFETIME)], {
    detached: true,
    stdio: 'ignore',
    env: { PATH, HOME },
  });
  child.unref();
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error('ssh-agent could not be started', { cause })));
    child.once('exit', (code) => reject(new Error(`ssh-agent ended with ${code} instead of listening`)));
  });
  failed.catch(() => undefined);
  return {
    agent: { socket, pid: String(child.pid ?? '') },
    listens: Promise.race([failed, listening(socket)]),
  };
}

async function listening(socket: string): Promise<void> {
  for (let waited = 0; !(await accepts(socket)); waited += PAUSE) {
    if (waited > PATIENCE) {
      throw new Error(`ssh-agent does not listen after ${PATIENCE / 1000} s`);
    }
    await setTimeout(PAUSE);
  }
}

/** Does somebody listen there? The socket is in its place a moment before that. */
async function accepts(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Ends an agent, and with it the key that it held; does nothing where it has ended already. */
export async function stopAgent({ socket, pid }: SshAgent): Promise<void> {
  if (pid !== '' && (await isAgent(pid, socket))) {
    process.kill(Number(pid));
  }
  await rm(dirname(socket), { recursive: true, force: true });
}

/** Is this process the agent still? A pid may have become somebody else's. */
async function isAgent(pid: string, socket: string): Promise<boolean> {
  const words = await output('ps', ['-ww', '-o', 'args=', '-p', pid]).catch(() => '');
  return words.includes(socket);
}

async function addKey({ socket, pid }: SshAgent, key: string, passphrase = ''): Promise<void> {
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'synnefo-upgrade-askpass-'));
  try {
    const askpass = join(folder, 'askpass');
    // The script names the passphrase and does not hold it.
    await writeFile(askpass, '#!/bin/sh\nprintf \'%s\\n\' "$PASSPHRASE"\n', { mode: 0o700 });
    await output('ssh-add', ['-q', '-'], {
      input: Buffer.from(key),
      env: {
        SSH_AUTH_SOCK: socket,
        SSH_AGENT_PID: pid,
        // OpenSSH before 8.4 knows no SSH_ASKPASS_REQUIRE, and takes a display for a reason to ask there.
        ...{ DISPLAY: 'none', SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', PASSPHRASE: passphrase },
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function output(
  command: string,
  args: string[],
  { env = {}, input }: { env?: Record<string, string>; input?: Buffer } = {},
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const options = { silent: true, ignoreReturnCode: true, env: { PATH, HOME, ...env } };
  const result = await getExecOutput(command, args, { ...options, ...(input && { input }) });
  if (result.exitCode !== 0) {
    throw new Error(`${command} ended with exit code ${result.exitCode}: ${result.stderr.trim()}`);
  }
  return result.stdout;
}
