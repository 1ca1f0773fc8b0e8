import type { Fleet } from './fleet.ts';

/** One line that a migration wrote beside the databases. */
export interface MigrationRecord {
  at: number;
  pid: number;
  /** begin and end of a whole command; apply and applied of one migration. */
  event: 'begin' | 'end' | 'apply' | 'applied';
  what: string;
}

/** Text of /var/log/fleet/migrations, parsed; lines of another form are an error. */
export function parseMigrations(text: string): MigrationRecord[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const match = /^(\d+\.\d+) (\d+) (begin|end|apply|applied) (\S+)$/.exec(line);
      if (match === null) throw new Error(`not a migration record: ${JSON.stringify(line)}`);
      const [, at, pid, event, what = ''] = match;
      return { at: Number(at), pid: Number(pid), event: event as MigrationRecord['event'], what };
    });
}

/** What syncdb, migrate and pithos-migrate did on a host since the fleet was fresh. */
export async function migrationsOn(fleet: Fleet, host: string): Promise<MigrationRecord[]> {
  return parseMigrations((await fleet.exec(host, 'cat /var/log/fleet/migrations 2>/dev/null')).stdout);
}

/** One transaction of apt that changed something. */
export interface AptRun {
  commandLine: string;
  /** False when apt ended with an error or never came to its end. */
  complete: boolean;
  /** Names of all packages that it installed, upgraded, downgraded or removed. */
  packages: string[];
}

/** Text of /var/log/apt/history.log, parsed. */
export function parseHistory(text: string): AptRun[] {
  return text
    .split(/\n\s*\n|^(?=Start-Date:)/m)
    .filter((block) => block.includes('Start-Date:'))
    .map((block) => {
      const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const changes = ['Install', 'Upgrade', 'Downgrade', 'Remove', 'Purge'].map((name) => field(name) ?? '');
      return {
        commandLine: field('Commandline') ?? '',
        complete: field('End-Date') !== undefined && field('Error') === undefined,
        packages: changes
          .flatMap((text) => [...text.matchAll(/([a-z0-9.+-]+):[a-z0-9]+ \(/g)])
          .map(([, name]) => name ?? ''),
      };
    });
}

/** The transactions of apt on a host since the fleet was fresh. */
export async function aptRunsOn(fleet: Fleet, host: string): Promise<AptRun[]> {
  return parseHistory((await fleet.exec(host, 'cat /var/log/apt/history.log')).stdout);
}
