import { readdirSync, readFileSync } from 'node:fs';

/** The pids of the ssh-agents that run with this folder as their home: other tests have agents of their own. */
export function agentsAt(home: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/comm`, 'utf8') === 'ssh-agent\n' &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${home}`)
      );
    } catch {
      // It ended while we looked.
      return false;
    }
  });
}
