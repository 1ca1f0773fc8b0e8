import type { Fleet } from './fleet.ts';

/** Where something that "changes nothing" must leave every file as it is. */
const WATCHED = [
  '/etc',
  '/usr',
  '/var/lib/dpkg',
  '/var/lib/apt/lists',
  '/var/cache/apt',
  '/var/lib/synnefo-upgrade',
];

/** One line for each file below the watched folders: type, mode, owner, size, time of change, path. */
export async function filesOn(
  fleet: Fleet,
  host: string,
  folders: readonly string[] = WATCHED,
): Promise<string[]> {
  const format = '%y %m %U:%G %s %T@ %p -> %l\\n';
  const script = `for f in ${folders.join(' ')}; do [ -e $f ] && find $f ! -type d -printf '${format}'; done | sort -k6`;
  const { stdout } = await fleet.exec(host, script);
  return stdout.split('\n').filter(Boolean);
}

/** The programs that run on a host, without those that come and go with a login. */
export async function programsOn(fleet: Fleet, host: string): Promise<string[]> {
  const { stdout } = await fleet.exec(host, 'ps -eo args=');
  const passing = /^(ps |bash -c |sshd: |\(sd-pam\)|\/lib\/systemd\/systemd --user|postgres: |sort|\[)/;
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !passing.test(line))
    .sort();
}
