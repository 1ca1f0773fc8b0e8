import { AuthenticationError, UnreachableError } from '../domain/errors.ts';
import { agentKeys, type Credentials } from './credentials.ts';
import { messageOf } from './message-of.ts';
import type { SshConnection } from './ssh-connection.ts';
import { type SshTarget, whereIs } from './ssh-target.ts';

/** How one attempt to log in went. */
export interface Handshake {
  readonly connection?: SshConnection;
  readonly error?: unknown;
  /** The host proved to be the pinned one; what failed came after. */
  readonly keyAccepted: boolean;
}

/** Turns what ssh2 said into an error that helps. */
export async function explain(
  target: SshTarget,
  credentials: Credentials,
  handshake: Handshake,
): Promise<Error> {
  const { error, keyAccepted } = handshake;
  const { level } = error as { level?: string };
  const message = messageOf(error);
  const cause = { cause: error };
  if (level === 'agent') {
    return new AuthenticationError(
      `${whereIs(target)}: the ssh-agent at ${credentials.agent} cannot be used: ${message}`,
      cause,
    );
  }
  // A server that has seen too many keys of an agent disconnects instead of refusing (code 2, RFC 4253).
  const disconnected = typeof (error as { code?: unknown }).code === 'number';
  if (level === 'client-authentication' || (keyAccepted && disconnected)) {
    const keys = await offered(credentials);
    return new AuthenticationError(
      `${whereIs(target)} refuses the login of ${target.user}: ${message}. Offered: ${keys}. The public half of ` +
        `one of these belongs into ~${target.user}/.ssh/authorized_keys on the host`,
      cause,
    );
  }
  return new UnreachableError(`${whereIs(target)}: no connection: ${message}`, cause);
}

async function offered(credentials: Credentials): Promise<string> {
  const ours = credentials.offered ? [credentials.offered] : [];
  if (!credentials.agent) {
    return ours.join(', ');
  }
  try {
    const keys = await agentKeys(credentials.agent);
    return [...ours, `${keys.length > 0 ? keys.join(', ') : 'no key'} (ssh-agent)`].join(', ');
  } catch (error) {
    return [...ours, `the ssh-agent's keys, which it does not list (${messageOf(error)})`].join(', ');
  }
}
