import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Init } from './layouts.ts';
import { withLock } from './lock.ts';
import type { Log } from './log.ts';
import { CACHE, digest, digestOfTree, FLEET_SOURCES } from './paths.ts';
import { run } from './process.ts';

const MIRROR = 'deb http://deb.debian.org/debian bookworm main';

/** What every host has, whatever its init; which of it runs is up to the host's layer. */
const COMMON = [
  ...['openssh-server', 'sudo', 'ifupdown', 'iproute2', 'iputils-ping', 'iptables', 'procps', 'psmisc'],
  ...['postgresql', 'python3-django', 'python3-psycopg2', 'gunicorn', 'alembic'],
  ...['adduser', 'ucf', 'debconf', 'less', 'curl', 'zstd'],
];

const INIT: Readonly<Record<Init, readonly string[]>> = {
  systemd: ['systemd', 'systemd-sysv', 'dbus', 'libpam-systemd', 'needrestart'],
  sysvinit: ['sysvinit-core', 'initscripts', 'orphan-sysvinit-scripts'],
};

/** Debian 12 with one of the two inits; built once, kept under the digest of what went into it. */
export async function baseRoot(init: Init, log: Log): Promise<string> {
  const script = join(FLEET_SOURCES, 'files', 'base.sh');
  const packages = [...INIT[init], ...COMMON];
  const root = join(CACHE, `base-${init}-${digest(MIRROR, ...packages, digestOfTree(script))}`);
  return withLock(`${root}.lock`, async () => {
    if (existsSync(root)) return root;
    log(`building the ${init} base with mmdebstrap (about 40 s, once)`);
    await build(root, packages, script);
    return root;
  });
}

async function build(root: string, packages: readonly string[], script: string): Promise<void> {
  const draft = `${root}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  await run('mmdebstrap', [
    '--variant=minbase',
    `--include=${packages.join(',')}`,
    // Hosts that carry a database make their own cluster; the others have none.
    '--essential-hook=mkdir -p "$1/etc/postgresql-common"',
    '--essential-hook=echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
    `--customize-hook=cp ${script} "$1/base.sh" && chroot "$1" sh -eu /base.sh && rm "$1/base.sh"`,
    'bookworm',
    draft,
    MIRROR,
  ]);
  renameSync(draft, root);
}
