import { existsSync } from 'node:fs';
import { killGroup } from './cgroup.ts';
import { LAYOUTS, type LayoutName } from './layouts.ts';
import { disassemble, kill, machineOf } from './machine.ts';
import { closeNetwork } from './network.ts';
import { folderOf, removeState } from './state.ts';

/** Ends everything that the fleet `id` started and removes what it wrote, however much of it is left. */
export async function remove(id: string, layout: LayoutName): Promise<void> {
  const folder = folderOf(id);
  await Promise.all(
    LAYOUTS[layout].hosts.map(async (plan) => {
      const machine = machineOf(id, folder, plan);
      await kill(machine);
      if (existsSync(machine.folder)) await disassemble(machine);
    }),
  );
  await killGroup(id);
  await closeNetwork(id);
  removeState(id);
}
