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

/** Programs that come and go with a login, or by themselves. */
const PASSING = /^(ps |bash -c |sshd: |\(sd-pam\)|\/lib\/systemd\/systemd --user|postgres: |sort|\[)/;

/** A server whose children have its own arguments for a moment, until they give themselves a name. */
const FORKING = /\/bin\/postgres /;

/** The programs that run on a host, without those that come and go. */
export async function programsOn(fleet: Fleet, host: string): Promise<string[]> {
  const { stdout } = await fleet.exec(host, 'ps -eo pid=,ppid=,args=');
  return programsIn(stdout);
}

/** The arguments of the programs that stay, sorted. @param processes lines of `ps -eo pid=,ppid=,args=` */
export function programsIn(processes: string): string[] {
  const programs = new Map(
    processes.split('\n').flatMap((line) => {
      const [, pid = '', parent = '', args = ''] = /^ *(\d+) +(\d+) (.*\S) *$/.exec(line) ?? [];
      return pid === '' ? [] : [[pid, { parent, args }] as const];
    }),
  );
  return [...programs.values()]
    .filter(({ parent, args }) => !(FORKING.test(args) && programs.get(parent)?.args === args))
    .map(({ args }) => args)
    .filter((args) => !PASSING.test(args))
    .sort();
}
