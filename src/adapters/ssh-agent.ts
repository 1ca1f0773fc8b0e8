import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExecOutput } from '@actions/exec';
import { ConfigurationError } from '../domain/errors.ts';
import type { Log } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';
import { readCredentials } from './credentials.ts';

/** Seconds after which an agent forgets its key by itself: one whose machine died before `post` holds it no longer. */
const LIFETIME = 24 * 3600;

/** An ssh-agent that this suite started. */
export interface SshAgent {
  /** The path of its socket, for SSH_AUTH_SOCK. */
  readonly socket: string;
  /** For SSH_AGENT_PID. */
  readonly pid: string;
}

/**
 * Starts an ssh-agent that holds one key. The key goes to `ssh-add` on its standard input: never to a file, a
 * command line or the log. The passphrase goes through the environment of that one process (ssh-add(1), SSH_ASKPASS).
 * @throws ConfigurationError for a key or passphrase that cannot be read, before an agent runs
 * @throws Error where OpenSSH's client tools are missing
 */
export async function startAgent(key: Secret, passphrase: Secret | undefined, log: Log): Promise<SshAgent> {
  const auth = { privateKey: key, ...(passphrase === undefined ? {} : { passphrase }) };
  // Read once before: ssh-add asks for a wrong passphrase again and again.
  const { privateKey = '' } = readCredentials(auth, log);
  const agent = parseAgent(await output('ssh-agent', ['-s', '-t', String(LIFETIME)]));
  try {
    await addKey(agent, privateKey, passphrase?.reveal());
    return agent;
  } catch (error) {
    await stopAgent(agent);
    throw error;
  }
}

/** Ends an agent, and with it the key that it held. @throws Error when `ssh-agent -k` fails */
export async function stopAgent({ socket, pid }: SshAgent): Promise<void> {
  await output('ssh-agent', ['-k'], { env: { SSH_AUTH_SOCK: socket, SSH_AGENT_PID: pid } });
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

/** Reads what `ssh-agent -s` prints: `SSH_AUTH_SOCK=/tmp/…; export SSH_AUTH_SOCK;` and the same of its pid. */
function parseAgent(text: string): SshAgent {
  const [, socket] = /SSH_AUTH_SOCK=([^;]+);/.exec(text) ?? [];
  const [, pid] = /SSH_AGENT_PID=(\d+);/.exec(text) ?? [];
  if (socket === undefined || pid === undefined) {
    throw new ConfigurationError('ssh-agent did not say where it listens; is OpenSSH installed here?');
  }
  return { socket, pid };
}
