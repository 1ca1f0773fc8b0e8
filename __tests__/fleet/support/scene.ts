import type { Fleet, LayoutName } from '../../../fleet/index.ts';
import { Operator, type UpgradeRun } from '../../../fleet/operator.ts';
import { psql } from '../../../fleet/oracle.ts';
import { databaseHosts, stackHosts } from './each-host.ts';
import { freshFleet, takeDown } from './fresh-fleet.ts';
import { type Picture, takePicture } from './picture.ts';
import { type RowKeys, rowKeys } from './row-keys.ts';
import { type SitePolicy, writeSitePolicies } from './site-policy.ts';

/** Minutes that a whole run may take, whatever else the machine does. */
export const RUN_LIMIT = 15 * 60_000;

/** A fleet and its operator, and what was seen of it between the runs. */
export class Scene {
  readonly fleet: Fleet;
  readonly operator: Operator;
  readonly policies: readonly SitePolicy[];
  /** Before any run. */
  readonly before: Picture;
  readonly rowsBefore: RowKeys;
  readonly serversBefore: Readonly<Record<string, string>>;
  readonly #runs = new Map<string, UpgradeRun>();
  readonly #pictures = new Map<string, Picture>();

  private constructor(
    parts: Pick<Scene, 'fleet' | 'operator' | 'policies' | 'before' | 'rowsBefore'>,
    servers: Record<string, string>,
  ) {
    this.fleet = parts.fleet;
    this.operator = parts.operator;
    this.policies = parts.policies;
    this.before = parts.before;
    this.rowsBefore = parts.rowsBefore;
    this.serversBefore = servers;
  }

  /** A fresh fleet, on which the site has policies of its own about starting services. */
  static async open(layout: LayoutName): Promise<Scene> {
    const fleet = await freshFleet(layout);
    const operator = await Operator.hire(fleet);
    const policies = await writeSitePolicies(fleet, stackHosts(fleet));
    const before = await takePicture(fleet);
    const rowsBefore = await rowKeys(fleet);
    return new Scene({ fleet, operator, policies, before, rowsBefore }, await serversOf(fleet));
  }

  /** Remembers a run, and what the fleet is like after it. */
  async ran(name: string, run: UpgradeRun): Promise<void> {
    this.#runs.set(name, run);
    this.#pictures.set(name, await takePicture(this.fleet));
  }

  /** @throws Error when there was no such run: what would be compared does not exist */
  run(name: string): UpgradeRun {
    return found(this.#runs, name);
  }

  after(name: string): Picture {
    return found(this.#pictures, name);
  }

  /** The database servers as they are now, to be held against `serversBefore`. */
  async servers(): Promise<Record<string, string>> {
    return await serversOf(this.fleet);
  }

  async close(layout: LayoutName): Promise<void> {
    await this.operator[Symbol.asyncDispose]();
    await takeDown(layout);
  }
}

/** Pid and start of the first process of every server: another one after a restart. */
async function serversOf(fleet: Fleet): Promise<Record<string, string>> {
  const servers: Record<string, string> = {};
  for (const host of databaseHosts(fleet)) {
    const { stdout } = await fleet.exec(host, 'head -n 1 /var/lib/postgresql/15/main/postmaster.pid');
    const started = await psql(fleet, 'postgres', 'SELECT pg_postmaster_start_time()', host);
    servers[host] = `pid ${stdout.trim()} since ${started}`;
  }
  return servers;
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) {
    throw new Error(`the run "${name}" did not come to its end`);
  }
  return value;
}
