import { withPort } from '../domain/address.ts';
import type { Log } from '../ports.ts';
import type { Secret } from '../shell/secret.ts';

/** Where a host is dialled, and as whom. */
export interface SshTarget {
  /** What people call it, in logs and errors. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** The host through which it is reached. */
  readonly jump?: SshTarget;
}

/** What proves who we are: a private key's text, an ssh-agent's socket, or both (the key goes first). */
export interface SshAuth {
  readonly privateKey?: Secret;
  readonly passphrase?: Secret;
  readonly agent?: string;
}

export interface SshOptions {
  /** The text of a known_hosts file. */
  readonly knownHosts: string;
  readonly log: Log;
  /** Milliseconds for the TCP connection, and again for handshake and login. */
  readonly connectTimeout: number;
  /** Milliseconds between two signs of life, and how many may go unanswered. */
  readonly keepaliveInterval: number;
  readonly keepaliveCount: number;
  /** Commands at once on one connection; below sshd's MaxSessions, which is 10 unless set. Default 8. */
  readonly maxChannels?: number;
}

/** `name (user@address:port)`, to begin an error with. */
export function whereIs({ name, user, address, port }: SshTarget): string {
  return `${name} (${user}@${withPort(address, port)})`;
}
