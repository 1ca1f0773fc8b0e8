import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDebianPackages } from '../../scripts/debian-packages.ts';
import { freePort } from './free-port.ts';
import { type KeyPair, type KeyType, makeKey } from './keys.ts';
import { Relay } from './relay.ts';

export interface SshdSettings {
  /** Kinds of host keys that it shows; ed25519 alone when missing. */
  readonly hostKeys?: readonly KeyType[];
  /** More lines of sshd_config. */
  readonly config?: readonly string[];
}

/** A real OpenSSH server on 127.0.0.1 and ::1, with configuration and keys in a folder of its own. Needs root. */
export class Sshd {
  readonly folder: string;
  readonly port: number;
  /** The key that every account may log in with. */
  readonly userKey: KeyPair;
  readonly hostKeys: readonly KeyPair[];
  readonly #process: ChildProcess;
  #log = '';

  private constructor(folder: string, port: number, settings: SshdSettings) {
    this.folder = folder;
    this.port = port;
    this.userKey = makeKey(folder, 'user');
    this.hostKeys = (settings.hostKeys ?? ['ed25519']).map((type) => makeKey(folder, `host_${type}`, type));
    writeFileSync(join(folder, 'authorized_keys'), `${this.userKey.publicKey}\n`);
    writeFileSync(join(folder, 'sshd_config'), this.#config(settings).join('\n'));
    this.#process = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process.stderr?.on('data', (chunk) => {
      this.#log += chunk;
    });
  }

  static async start(settings: SshdSettings = {}): Promise<Sshd> {
    ensureDebianPackages(['openssh-server', 'openssh-client', 'sudo', 'zsh', 'dash']);
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
    chmodSync(folder, 0o755);
    const sshd = new Sshd(folder, await freePort(), settings);
    await sshd.#listening();
    return sshd;
  }

  /** The known_hosts line of one of its keys. */
  knownHosts(name = `[127.0.0.1]:${this.port}`): string {
    return this.hostKeys.map((key) => `${name} ${key.publicKey}\n`).join('');
  }

  /** Lets another key in, to every account. */
  admit(key: KeyPair): void {
    appendFileSync(join(this.folder, 'authorized_keys'), `${key.publicKey}\n`);
  }

  /** Opens another port that leads to it. */
  async alsoOn(port: number): Promise<AsyncDisposable> {
    return await Relay.to(this.port, port);
  }

  /** What it logged so far. */
  get log(): string {
    return this.#log;
  }

  /** How many connections it serves. */
  get sessions(): number {
    return this.#children().length;
  }

  /** Kills what serves every open connection: sshd's privileged process and its unprivileged child. */
  killSessions(): void {
    for (const pid of this.#children().flatMap((child) => [...childrenOf(child).filter(isSshd), child])) {
      kill(pid);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.killSessions();
    this.#process.kill('SIGKILL');
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      await ended;
    }
    rmSync(this.folder, { recursive: true });
  }

  #config(settings: SshdSettings): string[] {
    return [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      'ListenAddress ::1',
      ...this.hostKeys.map((key) => `HostKey ${key.file}`),
      `AuthorizedKeysFile ${join(this.folder, 'authorized_keys')}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'MaxStartups 100',
      ...(settings.config ?? []),
      // The .bashrc of this machine's own root is no part of a test.
      'Match User root',
      `SetEnv HOME=${this.folder}`,
      '',
    ];
  }

  #children(): number[] {
    const over = this.#process.exitCode !== null || this.#process.signalCode !== null;
    return over || this.#process.pid === undefined ? [] : childrenOf(this.#process.pid);
  }

  async #listening(): Promise<void> {
    while (!(await answers(this.port))) {
      if (this.#process.exitCode !== null) {
        throw new Error(`sshd ended at once: ${this.#log}`);
      }
      await sleep(20);
    }
  }
}

/** Ends a process, which may be ending by itself. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

function childrenOf(pid: number): number[] {
  return ofProcess(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function isSshd(pid: number): boolean {
  return ofProcess(pid, 'comm').startsWith('sshd');
}

/** What the system says of a process; nothing of one that ended since somebody named it. */
function ofProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
    return '';
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
