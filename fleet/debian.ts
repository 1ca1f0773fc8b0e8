import { existsSync } from 'node:fs';
import type { Log } from './log.ts';
import { attempt, run } from './process.ts';

/** Packages the fleet needs on the machine that carries it, with a file that shows each is there. */
const NEEDED: Readonly<Record<string, string>> = {
  mmdebstrap: '/usr/bin/mmdebstrap',
  'systemd-container': '/usr/bin/systemd-nspawn',
  iproute2: '/usr/sbin/ip',
  iptables: '/usr/sbin/iptables',
  'apt-utils': '/usr/bin/apt-ftparchive',
  'openssh-client': '/usr/bin/ssh-keygen',
  gpg: '/usr/bin/gpg',
  'gpg-agent': '/usr/bin/gpg-agent',
  'util-linux': '/usr/bin/nsenter',
  'debian-archive-keyring': '/usr/share/keyrings/debian-archive-keyring.gpg',
};

/** Why a fleet can't run on this machine, or undefined where it can. */
export function obstacle(): string | undefined {
  if (process.platform !== 'linux') return `the fleet needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'the fleet needs root (namespaces, overlay mounts, a bridge)';
  if (!existsSync('/usr/bin/apt-get')) return 'the fleet needs a Debian or Ubuntu machine (apt-get)';
  return undefined;
}

/** Installs what is missing. @throws Error where the fleet can't run at all. */
export async function prepareMachine(log: Log): Promise<void> {
  const why = obstacle();
  if (why !== undefined) throw new Error(why);
  const missing = Object.entries(NEEDED).filter(([, file]) => !existsSync(file));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name);
  log(`installing ${names.join(', ')}`);
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const env = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' };
  // A third-party source that is down must not stop us: the install itself shows whether Debian's was read.
  await attempt('apt-get', [...apt, 'update'], { env });
  await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...names], { env });
}
