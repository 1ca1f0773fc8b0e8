import { expect } from '@jest/globals';
import type { Fleet, LayoutName } from '../../../fleet/index.ts';
import type { Report } from '../../../src/domain/report.ts';
import { eachHost, printed } from './each-host.ts';
import { plainText } from './told-failure.ts';
import { downServices } from './upgraded.ts';

/** A service that is down before an upgrade; `boot: false`: it does not start with its host either. */
interface Sleeping {
  readonly host: string;
  readonly service: string;
  readonly boot: boolean;
}

/** One under each kind of init that a layout has. */
const SLEEPING: Readonly<Record<LayoutName, readonly Sleeping[]>> = {
  spread: [
    { host: 'cyclades', service: 'snf-dispatcher', boot: false },
    { host: 'node1', service: 'snf-ganeti-eventd', boot: true },
  ],
  compact: [
    { host: 'node1', service: 'snf-ganeti-eventd', boot: true },
    { host: 'node2', service: 'snf-ganeti-eventd', boot: false },
  ],
  webshop: [],
};

/** Runs, and does not start with its host; one under each kind of init over both layouts. */
const AWAKE: Readonly<Record<LayoutName, string>> = { spread: 'pithos', compact: 'node2', webshop: '' };

/** Services that are down, as `host: service`. */
export function sleeping(layout: LayoutName): string[] {
  return SLEEPING[layout].map(({ host, service }) => `${host}: ${service}`);
}

/** Puts services down, and keeps some from starting at boot. What their links look like then is returned. */
export async function putToSleep(fleet: Fleet): Promise<Record<string, string>> {
  for (const { host, service, boot } of SLEEPING[fleet.layout]) {
    const pattern = fleet.plan.stack.services[service];
    // The init script of one of them ends 0 and stops nothing.
    const stop = `service ${service} stop; pkill -f '${pattern}'; until ! pgrep -f '${pattern}'; do sleep 0.1; done`;
    await fleet.exec(host, `${stop} >/dev/null; ${boot ? 'true' : `update-rc.d ${service} disable`}`);
  }
  await fleet.exec(AWAKE[fleet.layout], 'update-rc.d gunicorn disable');
  await expectAsleep(fleet);
  return await bootLinks(fleet);
}

/** Proves that exactly these are down, and that what starts at boot is as it was. */
export async function expectStillAsleep(
  fleet: Fleet,
  links: Readonly<Record<string, string>>,
): Promise<void> {
  await expectAsleep(fleet);
  expect(await bootLinks(fleet)).toEqual(links);
}

/** What a report has to say of them. */
export function sleepingIn({ services }: Report): string[] {
  return services
    .filter(({ before, after }) => before === 'down' && after === 'down')
    .map(({ host, name }) => `${host}: ${name}`)
    .sort();
}

/** Those that the summary of a dry run names as down, and to stay so. */
export function sleepersIn(summary: string): string[] {
  const table = plainText(summary).split('Down now, and to stay so:')[1]?.split(/^#/m)[0] ?? '';
  return [...table.matchAll(/^\| (\S+) \| (\S+) \|$/gm)]
    .map(([, service, host]) => `${host}: ${service}`)
    .filter((line) => !/Host: Service|---/.test(line))
    .sort();
}

async function expectAsleep(fleet: Fleet): Promise<void> {
  expect((await downServices(fleet)).sort()).toEqual(sleeping(fleet.layout));
}

async function bootLinks(fleet: Fleet): Promise<Record<string, string>> {
  const script =
    "find /etc/rc?.d /etc/systemd/system /run/systemd/generator* -printf '%p %l\\n' 2>/dev/null | LC_ALL=C sort";
  return await eachHost(fleet, (host) => printed(fleet, host, script));
}
