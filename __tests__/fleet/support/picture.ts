import type { Fleet } from '../../../fleet/index.ts';
import { packagesOn, servicesOn } from '../../../fleet/oracle.ts';
import { allRows } from '../../../fleet/rows.ts';
import { filesOn, programsOn } from '../../../fleet/snapshot.ts';
import { eachHost, printed } from './each-host.ts';

/** All of a fleet that an upgrade might change, by host. */
export interface Picture {
  readonly files: Record<string, string[]>;
  /** Every file and link of /etc with its content's hash or its target. */
  readonly settings: Record<string, Record<string, string>>;
  /** Links that start services at boot, with what they point to. */
  readonly bootLinks: Record<string, string>;
  readonly programs: Record<string, string[]>;
  readonly versions: Record<string, Record<string, string>>;
  readonly services: Record<string, Record<string, number[]>>;
  readonly rows: Awaited<ReturnType<typeof allRows>>;
}

export async function takePicture(fleet: Fleet): Promise<Picture> {
  return {
    files: await eachHost(fleet, async (host) => seen('files', host, await filesOn(fleet, host))),
    settings: await eachHost(fleet, (host) => settingsOn(fleet, host)),
    bootLinks: await eachHost(fleet, (host) =>
      printed(fleet, host, "find /etc/rc?.d /etc/systemd/system -printf '%p %l\\n' | LC_ALL=C sort"),
    ),
    programs: await eachHost(fleet, async (host) => seen('programs', host, await programsOn(fleet, host))),
    versions: await eachHost(fleet, (host) => packagesOn(fleet, host)),
    services: await eachHost(fleet, (host) => servicesOn(fleet, host)),
    rows: await allRows(fleet),
  };
}

/** Nothing compared with nothing would always be equal. */
function seen(what: string, host: string, lines: string[]): string[] {
  if (lines.length === 0) {
    throw new Error(`no ${what} were seen on ${host}`);
  }
  return lines;
}

async function settingsOn(fleet: Fleet, host: string): Promise<Record<string, string>> {
  const script =
    "find /etc -type f -exec sha256sum {} + | sed 's/  / /'; find /etc -type l -printf 'link:%l %p\\n'";
  const lines = (await printed(fleet, host, script)).split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const space = line.indexOf(' /etc/');
      return [line.slice(space + 1), line.slice(0, space)];
    }),
  );
}

/** What differs between two looks at the settings of one host. */
export function settingsChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): { added: string[]; gone: string[]; changed: string[] } {
  const [old, fresh] = [Object.keys(before), Object.keys(after)];
  return {
    added: fresh.filter((path) => before[path] === undefined).sort(),
    gone: old.filter((path) => after[path] === undefined).sort(),
    changed: old.filter((path) => after[path] !== undefined && after[path] !== before[path]).sort(),
  };
}
