import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An account of this machine for the time of a test, with a home folder of its own. */
export class Account {
  readonly name: string;
  readonly home: string;

  /** @param sudo may it become root without a password? */
  constructor(settings: { readonly shell?: string; readonly sudo?: boolean } = {}) {
    this.name = `t${process.pid}x${Math.random().toString(36).slice(2, 8)}`;
    this.home = mkdtempSync(join(tmpdir(), 'home-'));
    chmodSync(this.home, 0o755);
    const shell = settings.shell ?? '/bin/bash';
    execFileSync('useradd', ['-M', '-d', this.home, '-s', shell, '-p', '*', this.name]);
    if (settings.sudo) {
      writeFileSync(`/etc/sudoers.d/${this.name}`, `${this.name} ALL=(root) NOPASSWD: ALL\n`, {
        mode: 0o440,
      });
    }
  }

  /** Puts a file into its home, `.bashrc` for instance. */
  write(name: string, text: string): void {
    writeFileSync(join(this.home, name), text);
  }

  [Symbol.dispose](): void {
    rmSync(`/etc/sudoers.d/${this.name}`, { force: true });
    execFileSync('userdel', ['-f', this.name], { stdio: 'ignore' });
    rmSync(this.home, { recursive: true });
  }
}
