import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from './access.ts';
import { writeIdentity } from './identity.ts';
import { LAYOUTS, type Layout, type LayoutName } from './layouts.ts';
import { withLock } from './lock.ts';
import { assemble, disassemble, execIn, kill, type Machine, machineOf, settled, start } from './machine.ts';
import { forgetFaults } from './network.ts';
import { pages } from './oracle.ts';
import { copyRepository } from './packages/index.ts';
import { type Result, until } from './process.ts';
import { remove } from './remove.ts';
import { Repository } from './repository.ts';
import { type FleetState, folderOf, idOf } from './state.ts';

/** A host as tests see it. */
export interface FleetHost {
  name: string;
  address: string;
  init: 'systemd' | 'sysvinit';
  roles: readonly string[];
}

/** A fleet that has been brought up. */
export class Fleet {
  readonly name: string;
  readonly layout: LayoutName;
  readonly id: string;
  readonly plan: Layout;
  readonly hosts: readonly FleetHost[];
  readonly repository: Repository;
  /** What makes the pages read their databases. */
  readonly token: string;
  /** Who logs in; has `sudo` without a password. root may log in as well. */
  readonly user = 'upgrade';
  readonly state: FleetState;
  readonly folder: string;

  constructor(state: FleetState) {
    this.state = state;
    this.name = state.name;
    this.layout = state.layout;
    this.id = idOf(state.name, state.layout);
    this.folder = folderOf(this.id);
    this.plan = LAYOUTS[state.layout];
    this.token = state.token;
    this.repository = new Repository(this.id, this.folder, `${state.network.prefix}.1`);
    this.hosts = this.plan.hosts.map(({ name, number, init, roles }) => ({
      name,
      init,
      roles,
      address: `${state.network.prefix}.${number}`,
    }));
  }

  /** The runner's own address on the fleet's network. */
  get address(): string {
    return `${this.state.network.prefix}.1`;
  }

  get bridge(): string {
    return this.state.network.bridge;
  }

  get keyFile(): string {
    return join(this.folder, 'id_ed25519');
  }

  get privateKey(): string {
    return readFileSync(this.keyFile, 'utf8');
  }

  get knownHostsFile(): string {
    return join(this.folder, 'known_hosts');
  }

  get knownHosts(): string {
    return readFileSync(this.knownHostsFile, 'utf8');
  }

  get inventoryFile(): string {
    return join(this.folder, 'inventory.yml');
  }

  /** @throws Error for a host that the layout does not have. */
  host(name: string): FleetHost {
    const found = this.hosts.find((host) => host.name === name);
    if (found === undefined) throw new Error(`no host ${name} in the layout ${this.layout}`);
    return found;
  }

  machine(name: string): Machine {
    const plan = this.plan.hosts.find((host) => host.name === name);
    if (plan === undefined) throw new Error(`no host ${name} in the layout ${this.layout}`);
    return machineOf(this.id, this.folder, plan);
  }

  /** Runs a shell script as root on a host, by its namespaces: works when ssh or the network there does not. */
  exec(host: string, script: string, input?: string): Promise<Result> {
    return execIn(this.machine(host), script, input);
  }

  /** Ends a host as a power cut does. */
  async crash(host: string): Promise<void> {
    await kill(this.machine(host));
  }

  /** Boots a host that was crashed, with all that it had written, and waits until it has settled. */
  async boot(host: string): Promise<void> {
    start(this.machine(host), this.bridge);
    await settled(this.machine(host));
  }

  /** A fresh installation, before its upgrade, on the same addresses, with the same keys. */
  async reset(): Promise<void> {
    await forgetFaults(this.bridge);
    await this.repository.stop();
    copyRepository(this.state.repository, this.repository.folder);
    await Promise.all([this.repository.start(), ...this.hosts.map((host) => this.fresh(host.name))]);
    // init has started them; they need a moment more to listen.
    await until('every page answers', 30, async () => (await pages(this)).every((page) => page.code === 200));
  }

  /** Ends everything that this fleet started and removes what it wrote. */
  down(): Promise<void> {
    return withLock(`${this.folder}.lock`, () => remove(this.id, this.layout));
  }

  /** Throws away what a host wrote and boots it. */
  private async fresh(name: string): Promise<void> {
    const machine = this.machine(name);
    await kill(machine);
    await disassemble(machine);
    await assemble(machine, this.state.layers[name] ?? []);
    writeIdentity(machine.overlay.root, identityOf(this, name));
    start(machine, this.bridge);
    await settled(machine);
  }
}

/** A new secret for the pages. */
export function newToken(): string {
  return randomBytes(16).toString('hex');
}
