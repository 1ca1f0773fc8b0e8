import type { Fleet } from '../../../fleet/index.ts';

/** Where a host keeps lock and journal. */
export const JOURNAL = '/var/lib/synnefo-upgrade';

/** What stands on a host, read with `ls` and `cat` alone. */
export interface StandingJournal {
  readonly locked: boolean;
  readonly current: string | null;
  /** By id: the exit code, or `open` where the step has begun and has none. */
  readonly steps: Readonly<Record<string, string>>;
}

export async function journalOn(fleet: Fleet, host: string): Promise<StandingJournal> {
  const script = `cd ${JOURNAL} 2>/dev/null || exit 0
    [ ! -d lock ] || echo locked
    [ ! -e current ] || echo "current $(cat current)"
    for step in upgrades/*/steps/*/; do
      [ -e "$step/epoch" ] && echo "step $(basename "$step") $(cat "$step/rc" 2>/dev/null || echo open)"
    done; true`;
  const lines = (await fleet.exec(host, script)).stdout.split('\n').map((line) => line.split(' '));
  return {
    locked: lines.some(([word]) => word === 'locked'),
    current: lines.find(([word]) => word === 'current')?.[1] ?? null,
    steps: Object.fromEntries(
      lines.filter(([word]) => word === 'step').map(([, id = '', state = '']) => [id, state]),
    ),
  };
}

/** `host step state` of every step of every host, sorted. */
export async function allSteps(fleet: Fleet): Promise<string[]> {
  const journals = await Promise.all(
    fleet.hosts.map(async ({ name }) => {
      const { steps } = await journalOn(fleet, name);
      return Object.entries(steps).map(([id, state]) => `${name} ${id} ${state}`);
    }),
  );
  return journals.flat().sort();
}

export async function hostsThat(fleet: Fleet, holds: 'locked' | 'current'): Promise<string[]> {
  const found = await Promise.all(
    fleet.hosts.map(async ({ name }) => {
      const journal = await journalOn(fleet, name);
      return (holds === 'locked' ? journal.locked : journal.current !== null) ? [name] : [];
    }),
  );
  return found.flat();
}

/** A dump's record as its host keeps it. */
export interface RecordedDump {
  readonly key: string;
  readonly point: string;
  readonly generation: number;
  readonly sha256: string;
  readonly takenAt: number;
}

/** The dumps of a point in the last upgrade of all hosts, sorted by database and generation. */
export async function recordedDumps(fleet: Fleet, point: string): Promise<RecordedDump[]> {
  const found = await Promise.all(
    fleet.hosts.map(async ({ name }) => {
      const script = `last=$(ls ${JOURNAL}/upgrades | sort | tail -n 1)
        for file in ${JOURNAL}/upgrades/$last/records/dump.*; do [ -e "$file" ] && cat "$file" && echo; done; true`;
      const { stdout } = await fleet.exec(name, script);
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as RecordedDump);
    }),
  );
  return found
    .flat()
    .filter((dump) => dump.point === point)
    .map(({ key, generation, sha256, takenAt }) => ({ key, point, generation, sha256, takenAt }))
    .sort((a, b) => a.key.localeCompare(b.key) || a.generation - b.generation);
}
