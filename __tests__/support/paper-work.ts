import type { RunnerStep } from '../../src/domain/step.ts';
import type { DumpWork } from '../../src/phases/backup-db.ts';
import type { Guard } from '../../src/phases/migrate.ts';

/** Dumps nothing, and remembers what it was asked for. */
export function paperDumps(asked: string[] = []): DumpWork {
  return {
    dump: async ({ name }, point) => {
      asked.push(`${name} ${point}`);
    },
    dumpGlobals: async ({ on, port }) => {
      asked.push(`roles of ${on}:${port}`);
    },
    isDumped: () => false,
    areGlobalsDumped: () => false,
    describe: ({ name }, point) => [`pg_dump ${name} # ${point}`],
  };
}

/** A guard that lets everything pass. */
export const paperGuard: Guard = (target, phase): RunnerStep => ({
  kind: 'runner',
  id: `${phase}.guard.${target.key}`,
  phase,
  host: target.on,
  title: 'guard',
  commands: ['look'],
  databases: [target.key],
  run: async () => undefined,
  isDone: () => false,
});
