import { spawnSync } from 'node:child_process';

/** Another apt-get on the machine is waited for, this many seconds. */
const LOCK = ['-o', 'DPkg::Lock::Timeout=300'];

/**
 * Installs what is missing of these Debian packages, without a question, and says so on standard error.
 * @throws Error with apt's last words, or when it would need root, or on another system than Debian
 */
export function ensureDebianPackages(names: readonly string[]): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) {
    return;
  }
  const command = `apt-get install ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    throw new Error(`these Debian packages are missing, and installing them needs root: sudo ${command}`);
  }
  process.stderr.write(`installing Debian packages: ${missing.join(' ')}\n`);
  apt([...LOCK, 'update']);
  apt([...LOCK, 'install', '--yes', '--no-install-recommends', ...missing]);
}

function isInstalled(name: string): boolean {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg's
  const answer = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  if (answer.error) {
    throw new Error(`this machine has no dpkg, it cannot install Debian packages: ${answer.error.message}`);
  }
  return answer.stdout === 'installed';
}

function apt(args: readonly string[]): void {
  const env = {
    ...process.env,
    DEBIAN_FRONTEND: 'noninteractive',
    NEEDRESTART_SUSPEND: '1',
    LC_ALL: 'C.UTF-8',
  };
  const done = spawnSync('apt-get', ['-q', ...args], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) {
    const words = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`apt-get ${args.join(' ')} failed (${done.status ?? done.error?.message}):\n${words}`);
  }
}
