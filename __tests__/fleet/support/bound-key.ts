import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fleet } from '../../../fleet/index.ts';
import type { Operator } from '../../../fleet/operator.ts';
import { attempt, type Result, run } from '../../../fleet/process.ts';
import type { Command } from '../../../src/shell/command.ts';
import { encode, LOOK_PROGRAM } from '../../../src/shell/wire.ts';
import { shellBlocks } from '../../support/doc-blocks.ts';
import { printed } from './each-host.ts';

const PROGRAM = new URL(`../../../host/${LOOK_PROGRAM}`, import.meta.url);

/** A key that was bound to looking on all hosts of a fleet, by the commands of docs/look-only-key.md. */
export class BoundKey {
  readonly fleet: Fleet;
  readonly file: string;

  private constructor(fleet: Fleet, file: string) {
    this.fleet = fleet;
    this.file = file;
  }

  static async install({ fleet, folder }: Operator): Promise<BoundKey> {
    const file = join(folder, 'plan-key');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'plan', '-f', file]);
    const blocks = shellBlocks('look-only-key.md', 'On every host');
    for (const { name } of fleet.hosts) {
      // What the page calls a copy of this repository, and the key beside it.
      await printed(
        fleet,
        name,
        `mkdir -p /root/suite/host; cat > /root/suite/host/${LOOK_PROGRAM}`,
        read(PROGRAM),
      );
      await printed(fleet, name, 'cat > /root/suite/plan-key.pub', read(`${file}.pub`));
      await printed(fleet, name, `set -e; cd /root/suite\n${blocks.join('')}`);
    }
    return new BoundKey(fleet, file);
  }

  get privateKey(): string {
    return read(this.file);
  }

  /**
   * Runs OpenSSH's own client with this key, and no other, against a host.
   * @param command null where the options alone say what to do
   */
  async ssh(
    host: string,
    command: string | null,
    { options = [], input }: { readonly options?: readonly string[]; readonly input?: string } = {},
  ): Promise<Result> {
    const rest = command === null ? [] : [command];
    return await this.client('ssh', [...options, this.#at(host), ...rest], input);
  }

  /** Runs one of its programs; `HOST:` in an argument stands for the account there. */
  async client(program: 'ssh' | 'scp' | 'sftp', args: readonly string[], input?: string): Promise<Result> {
    const places = args.map((arg) =>
      arg.replace(/^(\w+):/, (whole, name: string) => this.#place(whole, name)),
    );
    const options = [
      'IdentitiesOnly=yes',
      'BatchMode=yes',
      `UserKnownHostsFile=${this.fleet.knownHostsFile}`,
    ];
    const all = ['-F', 'none', '-i', this.file, ...options.flatMap((option) => ['-o', option]), ...places];
    return await attempt('timeout', ['60', program, ...all], input === undefined ? {} : { input });
  }

  /** Sends a command as the suite does, or what somebody has made of its bytes. */
  async send(host: string, command: Command, altered = (bytes: string): string => bytes): Promise<Result> {
    return await this.ssh(host, 'bash', { input: altered(encode(command).bytes.toString()) });
  }

  #place(whole: string, name: string): string {
    return this.fleet.hosts.some((host) => host.name === name) ? `${this.#at(name)}:` : whole;
  }

  #at(host: string): string {
    return `${this.fleet.user}@${this.fleet.host(host).address}`;
  }
}

function read(file: string | URL): string {
  return readFileSync(file, 'utf8');
}
