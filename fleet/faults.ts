import { freeze } from './cgroup.ts';
import type { Fleet } from './fleet.ts';
import { attempt, run, until } from './process.ts';
import { must, scripted, type Undo } from './undo.ts';

/**
 * Lines of /etc/fleet/slow, read by the stand-ins; all times in seconds.
 * migrate, pithos: a pause inside each migration. postinst: a pause in the postinst of snf-webproject,
 * snf-cyclades-gtools and webshop-worker (there after its migration, and no longer than the line stands).
 * gunicorn-dies, dispatcher-dies, eventd-dies: that long after its start. gunicorn-stop: before it is told to stop.
 * dispatcher-stop: from SIGTERM on.
 */
export type Delay =
  | 'migrate'
  | 'pithos'
  | 'postinst'
  | 'gunicorn-dies'
  | 'gunicorn-stop'
  | 'dispatcher-dies'
  | 'eventd-dies'
  | 'dispatcher-stop';

/** Makes something slow on a host, or deadly. */
export function delay(fleet: Fleet, host: string, what: Delay, seconds: number): Promise<Undo> {
  const remove = `mkdir -p /etc/fleet; touch /etc/fleet/slow; sed -i '/^${what} /d' /etc/fleet/slow`;
  return scripted(fleet, host, `${remove}; echo '${what} ${seconds}' >> /etc/fleet/slow`, remove);
}

/** Cuts every ssh connection between this machine and a host; what ran there goes on. */
export async function cutConnections(fleet: Fleet, host: string): Promise<void> {
  await run('ss', ['-K', 'dst', fleet.host(host).address, 'dport', '=', '22']);
}

/** Lets nothing from a host arrive here, without a word to anyone. */
export async function dropPackets(fleet: Fleet, host: string): Promise<Undo> {
  const rule = ['INPUT', '-i', fleet.bridge, '-s', fleet.host(host).address, '-j', 'DROP'];
  await run('iptables', ['-I', ...rule]);
  return async () => {
    await attempt('iptables', ['-D', ...rule]);
  };
}

/** Stops a host in its tracks; it goes on where it was. */
export async function hang(fleet: Fleet, host: string): Promise<Undo> {
  const { group } = fleet.machine(host);
  freeze(group, true);
  return async () => freeze(group, false);
}

/** Crashes a host and boots it again. */
export async function reboot(fleet: Fleet, host: string): Promise<void> {
  await fleet.crash(host);
  await fleet.boot(host);
}

/** dpkg will not touch a package. */
export function holdPackage(fleet: Fleet, host: string, name: string): Promise<Undo> {
  return scripted(fleet, host, `apt-mark hold ${name}`, `apt-mark unhold ${name}`);
}

/** Someone else uses dpkg: its frontend lock is held until undone. */
export async function holdDpkgLock(fleet: Fleet, host: string): Promise<Undo> {
  const python = [
    'import fcntl, time',
    'f = open("/var/lib/dpkg/lock-frontend", "w")',
    'fcntl.lockf(f, fcntl.LOCK_EX)',
    'open("/run/fleet-dpkg-lock", "w").close()',
    'time.sleep(3600)',
  ].join('; ');
  await must(
    fleet,
    host,
    `setsid python3 -c '${python}' </dev/null >/dev/null 2>&1 & echo $! > /run/fleet-dpkg.pid`,
  );
  await until(
    'the dpkg lock is held',
    10,
    async () => (await fleet.exec(host, 'test -e /run/fleet-dpkg-lock')).code === 0,
  );
  return async () => {
    await must(
      fleet,
      host,
      'kill $(cat /run/fleet-dpkg.pid); rm -f /run/fleet-dpkg-lock /run/fleet-dpkg.pid',
    );
  };
}

/** A folder of a host becomes a file system of its own of so many megabytes, with what it held. Gone after a crash. */
export function smallDisk(fleet: Fleet, host: string, folder: string, megabytes: number): Promise<Undo> {
  const copy = '/root/small-disk';
  const make = `mkdir -p ${folder}; rm -rf ${copy}; cp -a ${folder} ${copy}; owner=$(stat -c %u:%g ${folder})
    mode=$(stat -c %a ${folder}); mount -t tmpfs -o size=${megabytes}m,mode=$mode tmpfs ${folder}
    chown $owner ${folder}; cp -a ${copy}/. ${folder}/`;
  const remove = `umount ${folder}; rm -rf ${copy}; rmdir --ignore-fail-on-non-empty ${folder}`;
  return scripted(fleet, host, make, remove);
}

/** The clock of a host, as its programs read it, is so many hours off. */
export function wrongClock(fleet: Fleet, host: string, hours: number): Promise<Undo> {
  const stub = '/usr/local/bin/date';
  const lines = `#!/bin/sh\\nexec /usr/bin/date --date="${hours} hours" "$@"\\n`;
  return scripted(fleet, host, `printf '${lines}' > ${stub}; chmod 0755 ${stub}`, `rm ${stub}`);
}

/** A host is of another release of Debian, by its own word. */
export function otherRelease(fleet: Fleet, host: string, codename: string): Promise<Undo> {
  const [file, copy] = ['/usr/lib/os-release', '/root/os-release'];
  const make = `cp -a ${file} ${copy}; sed -i 's/^VERSION_CODENAME=.*/VERSION_CODENAME=${codename}/' ${file}
    grep -qx VERSION_CODENAME=${codename} /etc/os-release`;
  return scripted(fleet, host, make, `mv ${copy} ${file}`);
}

/** A host is of another architecture, by dpkg's word. */
export function otherArchitecture(fleet: Fleet, host: string, architecture: string): Promise<Undo> {
  const stub = '/usr/local/bin/dpkg';
  const lines = [
    '#!/bin/sh',
    `[ "$*" != --print-architecture ] || exec echo ${architecture}`,
    'exec /usr/bin/dpkg "$@"',
  ];
  const make = `cat > ${stub} << 'END'\n${lines.join('\n')}\nEND\nchmod 0755 ${stub}`;
  return scripted(fleet, host, make, `rm ${stub}`);
}

/** A host answers at another address as well. */
export function alsoAt(fleet: Fleet, host: string, address: string): Promise<Undo> {
  const device = `$(ip -o -4 addr show to ${fleet.host(host).address} | cut -d ' ' -f 2)`;
  const change = (word: string): string => `ip addr ${word} ${address}/24 dev ${device}`;
  return scripted(fleet, host, change('add'), change('del'));
}
