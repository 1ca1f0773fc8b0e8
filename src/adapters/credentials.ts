import ssh2, { type ParsedKey } from 'ssh2';
import { ConfigurationError } from '../domain/errors.ts';
import type { Log } from '../ports.ts';
import { fingerprint, keyType } from './key-fingerprint.ts';
import type { SshAuth } from './ssh-target.ts';

/** The credentials in the shape that ssh2 takes. */
export interface Credentials {
  readonly privateKey?: string;
  readonly passphrase?: string;
  readonly agent?: string;
  readonly authHandler: Array<'publickey' | 'agent'>;
  /** The key's fingerprint, for an error; null when only an agent knows. */
  readonly offered: string | null;
}

/**
 * Reads the key once, before anything is dialled, and registers it as a secret.
 * @throws ConfigurationError for a key that cannot be read, or when there is neither key nor agent
 */
export function readCredentials(auth: SshAuth, log: Log): Credentials {
  for (const secret of [auth.privateKey, auth.passphrase]) {
    if (secret) {
      log.mask(secret.reveal());
    }
  }
  if (!auth.privateKey && !auth.agent) {
    throw new ConfigurationError('neither a private key nor an ssh-agent is given');
  }
  const agent = auth.agent ? { agent: auth.agent } : {};
  const key =
    auth.privateKey && readKey(auth.privateKey.name, auth.privateKey.reveal(), auth.passphrase?.reveal());
  return {
    ...agent,
    ...key,
    authHandler: [...(key ? (['publickey'] as const) : []), ...(auth.agent ? (['agent'] as const) : [])],
    offered: key?.offered ?? null,
  };
}

function readKey(name: string, given: string, passphrase: string | undefined) {
  // A form field or a secret store often ends lines with CRLF and drops the last newline.
  const privateKey = `${given.replaceAll('\r\n', '\n').trim()}\n`;
  const parsed = ssh2.utils.parseKey(privateKey, passphrase);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error || !key?.isPrivateKey()) {
    const why = key instanceof Error ? key.message : 'it is no private key';
    throw new ConfigurationError(`the private key ${name} cannot be read: ${why}`);
  }
  const blob = key.getPublicSSH();
  return {
    privateKey,
    ...(passphrase === undefined ? {} : { passphrase }),
    offered: `${keyType(blob)} ${fingerprint(blob)}`,
  };
}

/** The fingerprints of the keys that an ssh-agent holds, for an error. */
export function agentKeys(socket: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      if (error) {
        reject(error);
        return;
      }
      const parsed = (keys ?? []).map((key) => ssh2.utils.parseKey(key as ParsedKey));
      resolve(parsed.flatMap((key) => (key instanceof Error ? [] : [fingerprint(key.getPublicSSH())])));
    });
  });
}
