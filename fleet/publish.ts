import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.ts';

/** Suite and component of the fleet's repository. */
export const SUITE = 'fleet';

/** Public half of the key that signs a repository, as apt's signed-by wants it. */
export function keyring(repository: string): string {
  return join(repository, 'keyring.gpg');
}

function gpg(repository: string, args: string[]): Promise<unknown> {
  return run('gpg', ['--homedir', join(repository, 'gnupg'), '--batch', '--yes', ...args]);
}

/** gpg starts an agent for its home; nothing of a fleet may stay behind. */
async function endAgent(repository: string): Promise<void> {
  await run('gpgconf', ['--homedir', join(repository, 'gnupg'), '--kill', 'all']);
}

/** Makes the key that signs this repository. */
export async function createKey(repository: string): Promise<void> {
  const home = join(repository, 'gnupg');
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o700);
  try {
    const name = 'Fleet repository <fleet@localhost>';
    await gpg(repository, ['--passphrase', '', '--quick-gen-key', name, 'ed25519', 'sign', 'never']);
    await gpg(repository, ['--output', keyring(repository), '--export']);
  } finally {
    await endAgent(repository);
  }
}

/**
 * Writes the indices of what is in `pool/` and signs them. The new `dists/` takes the place of the old one at once,
 * so that an apt that reads meanwhile sees one or the other.
 */
export async function publish(repository: string): Promise<void> {
  const draft = 'dists.new';
  rmSync(join(repository, draft), { recursive: true, force: true });
  const suite = join(repository, draft, SUITE);
  const binary = join(suite, 'main', 'binary-amd64');
  mkdirSync(binary, { recursive: true });
  // Paths in the index are as apt sees them: relative to the repository's root.
  const packages = await run('apt-ftparchive', ['packages', 'pool'], { cwd: repository });
  writeFileSync(join(binary, 'Packages'), packages.stdout);
  const fields = { Origin: 'Fleet', Label: 'Fleet', Suite: SUITE, Codename: SUITE };
  const more = { ...fields, Architectures: 'amd64', Components: 'main' };
  const options = Object.entries(more).flatMap(([key, value]) => [
    '-o',
    `APT::FTPArchive::Release::${key}=${value}`,
  ]);
  const release = await run('apt-ftparchive', [...options, 'release', suite]);
  writeFileSync(join(suite, 'Release'), release.stdout);
  try {
    await gpg(repository, ['--clearsign', '--output', join(suite, 'InRelease'), join(suite, 'Release')]);
  } finally {
    await endAgent(repository);
  }
  rmSync(join(repository, 'dists'), { recursive: true, force: true });
  renameSync(join(repository, draft), join(repository, 'dists'));
}
