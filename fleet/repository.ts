import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { enterScript, killGroup } from './cgroup.ts';
import { FLEET_SOURCES } from './paths.ts';
import { until } from './process.ts';

const PORT = 8000;

/** The apt repository of one fleet: a folder that it may change, and a server of its own on the fleet's bridge. */
export class Repository {
  readonly folder: string;
  readonly #group: string;
  readonly #address: string;
  readonly #log: string;

  constructor(id: string, state: string, address: string) {
    this.folder = join(state, 'repository');
    this.#group = `${id}/repository`;
    this.#address = address;
    this.#log = join(state, 'repository.log');
  }

  /** Serves it, from a process that outlives this one, until `stop`. */
  async start(): Promise<void> {
    await this.stop();
    const log = openSync(this.#log, 'a');
    const server = [process.execPath, join(FLEET_SOURCES, 'repository-server.ts')];
    const script = `${enterScript(this.#group)}\nexec "$@"`;
    const args = ['-eu', '-c', script, 'sh', ...server, this.folder, this.#address, String(PORT)];
    spawn('sh', args, { detached: true, stdio: ['ignore', log, log] }).unref();
    closeSync(log);
    await until('the repository answers', 20, () => this.answers());
  }

  /** Takes it off the network; the hosts' apt gets "connection refused". */
  async stop(): Promise<void> {
    await killGroup(this.#group);
  }

  /** Paths that a host at `address` was sent, in order, with the time of each. */
  requests(address: string): { at: Date; path: string }[] {
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, from, code]) => from === address && code === '200')
      .map(([at, , , path]) => ({ at: new Date(at ?? ''), path: path ?? '' }));
  }

  private answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const url = `http://${this.#address}:${PORT}/dists/fleet/InRelease`;
      const asked = request(url, { agent: false, timeout: 2000 }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      asked.once('error', () => resolve(false));
      asked.end();
    });
  }
}
