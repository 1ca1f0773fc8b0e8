import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from '../../../fleet/index.ts';
import { pages } from '../../../fleet/oracle.ts';
import { printed } from './each-host.ts';
import { JOURNAL } from './host-journal.ts';

/**
 * Seconds from the first stop of a service to the last good health check, as the files of the hosts' journals say; all
 * hosts of a fleet have one clock.
 */
export async function outageInJournals(fleet: Fleet): Promise<number> {
  const began: number[] = [];
  const ended: number[] = [];
  for (const { name } of fleet.hosts) {
    const script = `cd ${JOURNAL}/upgrades/*/steps
      for f in stop-services.stop.*/started start-services.health.*/ended; do [ ! -e "$f" ] || echo "$f $(cat "$f")"; done`;
    for (const line of (await printed(fleet, name, script)).split('\n').filter(Boolean)) {
      const [file = '', time] = line.split(' ');
      (file.startsWith('stop-services') ? began : ended).push(Number(time));
    }
  }
  if (began.length === 0 || ended.length === 0) {
    throw new Error('no service was stopped, or none was asked for its health');
  }
  return Math.max(...ended) - Math.min(...began);
}

/** What somebody in front of the pages sees of an outage. */
export interface PageWatch {
  /** Ends the watch. @returns seconds from the first answer that was no good one to the last, 0 when all were good */
  end(): Promise<number>;
}

/** Asks all pages again and again. */
export function watchPages(fleet: Fleet): PageWatch {
  const bad: number[] = [];
  const over = new AbortController();
  const watch = (async () => {
    while (!over.signal.aborted) {
      if ((await pages(fleet)).some(({ code }) => code !== 200)) {
        bad.push(Date.now());
      }
      await sleep(500);
    }
  })();
  return {
    async end() {
      over.abort();
      await watch;
      return bad.length === 0 ? 0 : (Math.max(...bad) - Math.min(...bad)) / 1000;
    },
  };
}
