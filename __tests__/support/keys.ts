import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A key pair made by ssh-keygen. */
export interface KeyPair {
  readonly file: string;
  readonly privateKey: string;
  /** `type base64`, without a comment. */
  readonly publicKey: string;
  /** `SHA256:...`, in ssh-keygen's own words. */
  readonly fingerprint: string;
}

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** Makes a key pair in a folder. */
export function makeKey(folder: string, name: string, type: KeyType = 'ed25519', passphrase = ''): KeyPair {
  const file = join(folder, name);
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', passphrase, '-C', 'test', '-f', file]);
  const [kind, base64] = readFileSync(`${file}.pub`, 'utf8').split(' ');
  const listed = execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' });
  return {
    file,
    privateKey: readFileSync(file, 'utf8'),
    publicKey: `${kind} ${base64}`,
    fingerprint: listed.split(' ')[1] ?? '',
  };
}
