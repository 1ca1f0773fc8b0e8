import { connectSsh } from '../../src/adapters/ssh.ts';
import type { SshAuth, SshOptions, SshTarget } from '../../src/adapters/ssh-target.ts';
import type { Transport } from '../../src/ports.ts';
import { Secret } from '../../src/shell/secret.ts';
import { RecordingLog } from './recording-log.ts';
import type { Sshd } from './sshd.ts';

export interface ClientSettings {
  readonly target?: Partial<SshTarget>;
  readonly auth?: SshAuth;
  readonly options?: Partial<SshOptions>;
}

/** A transport to a test's sshd that works unless the settings say otherwise. */
export function clientOf(sshd: Sshd, settings: ClientSettings = {}): Transport {
  return connectSsh(
    { name: 'web1', address: '127.0.0.1', port: sshd.port, user: 'root', ...settings.target },
    settings.auth ?? { privateKey: new Secret('ssh-key', sshd.userKey.privateKey) },
    {
      knownHosts: sshd.knownHosts(),
      log: new RecordingLog(),
      connectTimeout: 10_000,
      keepaliveInterval: 5_000,
      keepaliveCount: 3,
      ...settings.options,
    },
  );
}
