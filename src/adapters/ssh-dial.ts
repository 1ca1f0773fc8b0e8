import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { NodeSSH } from 'node-ssh';
import type { ConnectConfig } from 'ssh2';
import { UnreachableError } from '../domain/errors.ts';
import type { Credentials } from './credentials.ts';
import { HostKeyCheck } from './host-key.ts';
import type { KnownHosts } from './known-hosts.ts';
import { messageOf } from './message-of.ts';
import { SshConnection } from './ssh-connection.ts';
import { explain, type Handshake } from './ssh-failure.ts';
import { type SshOptions, type SshTarget, whereIs } from './ssh-target.ts';

/** What dialling needs, read and checked beforehand. */
export interface Dialling {
  readonly credentials: Credentials;
  readonly knownHosts: KnownHosts;
  readonly options: SshOptions;
}

/**
 * Connects, compares the host's key and logs in; through another connection where the host has a jump.
 * @throws UnreachableError, HostKeyError, AuthenticationError; the error names the host that it is about
 */
export async function dial(target: SshTarget, dialling: Dialling): Promise<SshConnection> {
  if (!target.jump) {
    return await logIn(target, dialling, () => socketTo(target, dialling.options));
  }
  const gate = await dial(target.jump, dialling);
  try {
    const connection = await logIn(target, dialling, () => through(gate, target));
    connection.lost.catch(() => gate.end());
    gate.lost.catch(() => connection.end());
    return connection;
  } catch (error) {
    gate.end();
    throw error;
  }
}

async function logIn(
  target: SshTarget,
  dialling: Dialling,
  open: () => Promise<Duplex>,
): Promise<SshConnection> {
  const check = new HostKeyCheck(target, dialling.knownHosts);
  const handshake = await shake(target, dialling, check, await open(), check.algorithms);
  if (handshake.connection) {
    return handshake.connection;
  }
  if (/no matching host key format/.test(messageOf(handshake.error))) {
    // It has none of the pinned types: ask again for whatever it has, only to show it. `accepts` refuses it.
    await shake(target, dialling, check, await open(), []);
  }
  throw check.refusal ?? (await explain(target, dialling.credentials, handshake));
}

async function shake(
  target: SshTarget,
  dialling: Dialling,
  check: HostKeyCheck,
  sock: Duplex,
  algorithms: readonly string[],
): Promise<Handshake> {
  const ssh = new NodeSSH();
  const connecting = ssh.connect(configOf(target, dialling, check, sock, algorithms));
  const client = ssh.connection;
  let keyAccepted = false;
  // node-ssh hears the first error only; a later one without a listener would end the process.
  client?.on('error', () => undefined);
  client?.on('handshake', () => {
    keyAccepted = true;
  });
  try {
    await connecting;
    if (client && ssh.isConnected()) {
      return { connection: new SshConnection(client, target), keyAccepted };
    }
    return { error: new Error('the connection ended during the login'), keyAccepted };
  } catch (error) {
    sock.destroy();
    return { error, keyAccepted };
  }
}

function configOf(
  target: SshTarget,
  { credentials, options }: Dialling,
  check: HostKeyCheck,
  sock: Duplex,
  hostKeys: readonly string[],
): ConnectConfig & { privateKey?: string; passphrase?: string } {
  const { offered: _, ...login } = credentials;
  const preferred = 'aes128-gcm@openssh.com';
  return {
    ...login,
    username: target.user,
    sock,
    readyTimeout: options.connectTimeout,
    keepaliveInterval: options.keepaliveInterval,
    keepaliveCountMax: options.keepaliveCount,
    hostVerifier: (key: Buffer) => check.accepts(key),
    algorithms: {
      // Taken out and put first: ssh2 leaves a known name where it stands.
      cipher: { remove: [preferred], prepend: [preferred], append: [] },
      ...(hostKeys.length > 0 ? { serverHostKey: hostKeys as [] } : {}),
    },
  };
}

async function through(gate: SshConnection, target: SshTarget): Promise<Duplex> {
  try {
    return await gate.forward(target.address, target.port);
  } catch (error) {
    const by = target.jump ? whereIs(target.jump) : '';
    throw new UnreachableError(`${whereIs(target)} cannot be reached through ${by}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function socketTo(target: SshTarget, options: SshOptions): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  // Nagle's algorithm would cost every command 44 to 88 ms.
  const socket = connect({ host: target.address, port: target.port, noDelay: true, keepAlive: true });
  const fail = (why: string, cause?: unknown) => {
    clearTimeout(timer);
    socket.destroy();
    reject(new UnreachableError(`${whereIs(target)} cannot be reached: ${why}`, { cause }));
  };
  const timer = setTimeout(
    () => fail(`no answer within ${options.connectTimeout} ms`),
    options.connectTimeout,
  );
  const onError = (error: Error) => fail(messageOf(error), error);
  socket.once('error', onError);
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.off('error', onError);
    resolve(socket);
  });
  return promise;
}
