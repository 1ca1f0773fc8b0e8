import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { HostPlan } from './layouts.ts';
import { run } from './process.ts';
import { pagesOf, type Stack } from './stacks/stack.ts';

const HOST_KEY_TYPES = ['ed25519', 'ecdsa', 'rsa'] as const;

/** uid and gid of the user `upgrade` in the base. */
const UPGRADE = 1000;

/** What makes a root one particular host of one particular fleet. */
export interface Identity {
  plan: HostPlan;
  stack: Stack;
  address: string;
  gateway: string;
  /** Folder with the host's ssh keys. */
  keys: string;
  /** Line that lets the fleet's key in. */
  authorizedKey: string;
  /** Lines of /etc/hosts for all hosts and the repository. */
  hosts: string;
  token: string;
}

/** Makes an ssh key pair without passphrase, if it is not there. */
export async function makeKey(file: string, type: string): Promise<void> {
  if (existsSync(file)) return;
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  await run('ssh-keygen', ['-q', '-t', type, ...size, '-N', '', '-C', 'fleet', '-f', file]);
}

/** Makes the host keys of one host. */
export async function makeHostKeys(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await Promise.all(HOST_KEY_TYPES.map((type) => makeKey(join(folder, `ssh_host_${type}_key`), type)));
}

/** The lines that `ssh-keyscan ADDRESS` prints for these host keys. */
export function knownHostsLines(address: string, folder: string): string[] {
  return HOST_KEY_TYPES.map((type) => {
    const [algorithm, key] = readFileSync(join(folder, `ssh_host_${type}_key.pub`), 'utf8').split(' ');
    return `${address} ${algorithm} ${key}`;
  });
}

/** Writes the identity into a mounted root. */
export function writeIdentity(root: string, identity: Identity): void {
  const { plan } = identity;
  const put = (path: string, text: string, mode = 0o644): void => {
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  put('etc/hostname', `${plan.name}\n`);
  put('etc/hosts', `127.0.0.1 localhost\n${identity.hosts}`);
  put('etc/machine-id', `${identity.token.slice(0, 28)}${String(plan.number).padStart(4, '0')}\n`);
  put('etc/resolv.conf', '');
  put(
    'etc/network/interfaces.d/host0',
    `auto host0\niface host0 inet static\n    address ${identity.address}/24\n    gateway ${identity.gateway}\n`,
  );
  for (const type of HOST_KEY_TYPES) copyKey(identity.keys, join(root, 'etc', 'ssh'), `ssh_host_${type}_key`);
  allow(join(root, 'root'), identity.authorizedKey, 0);
  allow(join(root, 'home', 'upgrade'), identity.authorizedKey, UPGRADE);
  if (pagesOf(identity.stack, plan.roles).length > 0) {
    const { path, text } = identity.stack.tokenFile(identity.token);
    put(path, text);
  }
}

function copyKey(from: string, to: string, name: string): void {
  // An overlay's copy must not keep the mode of what it replaces.
  for (const [file, mode] of [
    [name, 0o600],
    [`${name}.pub`, 0o644],
  ] as const) {
    rmSync(join(to, file), { force: true });
    copyFileSync(join(from, file), join(to, file));
    chmodSync(join(to, file), mode);
  }
}

function allow(home: string, line: string, owner: number): void {
  const folder = join(home, '.ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'authorized_keys'), line, { mode: 0o600 });
  chownSync(folder, owner, owner);
  chownSync(join(folder, 'authorized_keys'), owner, owner);
}
