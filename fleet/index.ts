import { join } from 'node:path';
import { writeAccess } from './access.ts';
import { prepareMachine } from './debian.ts';
import { sweep } from './drafts.ts';
import { Fleet, newToken } from './fleet.ts';
import { lowerLayers } from './layers.ts';
import { LAYOUTS, type LayoutName } from './layouts.ts';
import { withLock } from './lock.ts';
import type { Log } from './log.ts';
import { openNetwork } from './network.ts';
import { builtRepository } from './packages/index.ts';
import { CACHE_LOCK, defaultName, STATE } from './paths.ts';
import { remove } from './remove.ts';
import { type FleetState, idOf, readState, writeState } from './state.ts';

export { obstacle } from './debian.ts';
export { Fleet, type FleetHost } from './fleet.ts';
export type { LayoutName } from './layouts.ts';
export { stderrLog } from './log.ts';

export interface FleetOptions {
  layout: LayoutName;
  /** Without it: a name of this checkout's own. */
  name?: string;
  /** The token of the pages; without it a new one. */
  token?: string;
  log?: Log;
}

/** Brings a fresh fleet up, whatever an earlier one of the same name left. Everything ends with `down`. */
export async function up(options: FleetOptions): Promise<Fleet> {
  const { layout, name = defaultName(), token = newToken(), log = () => undefined } = options;
  const id = idOf(name, layout);
  await prepareMachine(log);
  await sweep();
  return withLock(join(STATE, `${id}.lock`), async () => {
    await remove(id, layout);
    const fleet = new Fleet(
      await withLock(CACHE_LOCK, () => build(id, { layout, name, token, log }), 'shared'),
    );
    await writeAccess(fleet);
    log(`booting ${fleet.hosts.map((host) => `${host.name} (${host.address})`).join(', ')}`);
    await fleet.reset();
    log('the fleet is up');
    return fleet;
  });
}

/** Builds what is not built yet, opens the network, and remembers both. */
async function build(id: string, options: Required<FleetOptions>): Promise<FleetState> {
  const { layout, name, token, log } = options;
  const repository = await builtRepository(log);
  const plan = LAYOUTS[layout];
  const built = await Promise.all(
    plan.hosts.map(async (host) => [host.name, await lowerLayers(plan, host, { repository, log })] as const),
  );
  const network = await openNetwork(id);
  const state = { name, layout, network, token, repository, layers: Object.fromEntries(built) };
  writeState(id, state);
  return state;
}

/** A fleet that was brought up before, by whatever process. @throws Error when there is none. */
export function attach(options: Pick<FleetOptions, 'layout' | 'name'>): Fleet {
  const { layout, name = defaultName() } = options;
  const state = readState(idOf(name, layout));
  if (state === undefined) throw new Error(`no fleet ${name} with layout ${layout} is up`);
  return new Fleet(state);
}

/** Ends everything that a fleet started and removes what it wrote; nothing there is fine. */
export async function down(options: FleetOptions): Promise<void> {
  const { layout, name = defaultName() } = options;
  const id = idOf(name, layout);
  await withLock(join(STATE, `${id}.lock`), () => remove(id, layout));
}
