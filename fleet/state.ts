import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayoutName } from './layouts.ts';
import type { Network } from './network.ts';
import { STATE } from './paths.ts';

/** What a fleet remembers of itself. */
export interface FleetState {
  name: string;
  layout: LayoutName;
  network: Network;
  token: string;
  /** The built repository that this fleet's own is a copy of. */
  repository: string;
  /** Layers below each host's writable one, topmost first. */
  layers: Record<string, string[]>;
}

/** One name may have both layouts at once. @throws Error for a name that could not be a folder. */
export function idOf(name: string, layout: LayoutName): string {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name))
    throw new Error(`fleet name ${JSON.stringify(name)}: a-z, 0-9 and -`);
  return `${name}-${layout}`;
}

export function folderOf(id: string): string {
  return join(STATE, id);
}

/** Writes the state so that a reader sees the old or the new one. */
export function writeState(id: string, state: FleetState): void {
  const file = join(folderOf(id), 'fleet.json');
  mkdirSync(folderOf(id), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

/** The state of a fleet that was brought up, or undefined. */
export function readState(id: string): FleetState | undefined {
  const file = join(folderOf(id), 'fleet.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FleetState) : undefined;
}

export function removeState(id: string): void {
  rmSync(folderOf(id), { recursive: true, force: true });
}

/** Ids of all fleets of this machine, of any checkout. */
export function allIds(): string[] {
  if (!existsSync(STATE)) return [];
  return readdirSync(STATE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
