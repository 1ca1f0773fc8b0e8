import type { Fleet } from './fleet.ts';
import { CommandFailed } from './process.ts';

/** Takes a fault away again. */
export type Undo = () => Promise<void>;

/** Runs a script on a host. @throws CommandFailed when it fails: a fault that is not there proves nothing. */
export async function must(fleet: Fleet, host: string, script: string): Promise<string> {
  const result = await fleet.exec(host, script);
  if (result.code !== 0) throw new CommandFailed(`fault on ${host}: ${script}`, result);
  return result.stdout;
}

/** A fault that one script makes and another one takes away. */
export async function scripted(fleet: Fleet, host: string, make: string, undo: string): Promise<Undo> {
  await must(fleet, host, make);
  return async () => {
    await must(fleet, host, undo);
  };
}
