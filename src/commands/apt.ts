import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { aptLibrary } from './apt-library.ts';
import { bash, strict } from './bash.ts';

/** Exact versions by package. */
export type Versions = Readonly<Record<string, string>>;

export interface AptRequest {
  readonly packages: Versions;
  /** The release to take packages from, as apt's `-t`. */
  readonly release?: string | undefined;
  /** Packages on hold whose change was approved. */
  readonly held?: readonly string[];
}

/** Seconds to wait for another process that holds the lock of apt or dpkg. */
const lockWait = 300;

/** No question has anybody to answer it, no daemon beneath may restart, and edited settings stay. */
const environment = bash`export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true NEEDRESTART_SUSPEND=1 \
  APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none UCF_FORCE_CONFFOLD=1
`;

/** Both options: `confdef` alone asks where there is no default, `confold` alone keeps what nobody edited. */
const conffiles = sh`--force-confdef --force-confold`;

const prelude = bash`${strict}${environment}${aptLibrary}`;

/**
 * `apt-get update`; fails when any index could not be read, which apt alone calls a success.
 */
export function update(): Command {
  const script = bash`${prelude}wait_for_lock ${sh`${lockWait}`}
update_lists
echo 'every package list was read'
`;
  return { title: 'apt-get update', script: script.text };
}

/**
 * Prints what `apt-get install` of exactly these versions would do, for `parseTransaction`; changes nothing, not even
 * apt's caches.
 * @param lists `temporary`: on lists that are read anew into a folder which is thrown away
 */
export function simulate(request: AptRequest & { readonly lists: 'temporary' | 'system' }): Command {
  const fresh =
    request.lists === 'temporary'
      ? bash`temporary_lists
update_lists
`
      : bash`quiet_caches
`;
  const script = bash`${prelude}${fresh}apt-get "\${APT_OPTIONS[@]}" -q -s install ${target(request)} < /dev/null
`;
  return { title: 'simulate the install', script: script.text };
}

/**
 * Downloads exactly these versions, and all that comes with them, into a folder of the caller; then prints what lies
 * there for `parseDownloads`. Nothing is installed.
 */
export function download(request: AptRequest & { readonly archives: string }): Command {
  const folder = sh`${request.archives}`;
  const script = bash`${prelude}mkdir -p -m 0700 -- ${folder} ${folder}/partial
wait_for_lock ${sh`${lockWait}`}
apt-get -y -q --download-only ${archivesOption(request)} ${trusted} ${ownFolder} ${unlocked} ${heldOption(request)} \
  install ${target(request)} < /dev/null >&2
for file in ${folder}/*.deb; do
  [ -e "$file" ] || continue
  sync -- "$file"
  hash=$(sha256sum < "$file")
  printf 'deb %s %s ' "\${hash%% *}" "$(stat -c %s -- "$file")"
  dpkg-deb -W --showformat='\${Package} \${Version} \${Architecture}' -- "$file"
  printf ' %s\n' "$file"
done
`;
  return { title: 'download the packages', script: script.text };
}

/**
 * Ends 0 when apt knows exactly these versions, by its lists or as installed ones. Writes none of apt's caches.
 */
export function knows(packages: Versions): Command {
  const words = Object.entries(packages).map(([name, version]) => `${name}=${version}`);
  const script = bash`${prelude}quiet_caches
for each in ${sh`${words}`}; do
  # apt-cache calls it a success when it finds no such version.
  [ -n "$(apt-cache "\${APT_OPTIONS[@]}" show "$each")" ] || { echo "unknown to apt: $each"; exit 1; }
done
`;
  return { title: 'look whether apt knows the versions', script: script.text };
}

export interface InstallRequest extends AptRequest {
  /** The folder into which `download` put them. */
  readonly archives: string;
  /** Packages whose removal was approved; when apt would now remove anything else, nothing is done. */
  readonly removals?: readonly string[];
}

/**
 * Finishes what an earlier dpkg left half done, then installs exactly these versions from what was downloaded. What
 * cannot be finished may be what one of these versions repairs, so then apt has the last word. Answers
 * nothing by asking, removes nothing that was not approved, never downgrades, never takes an unsigned package.
 */
export function install(request: InstallRequest): Command {
  const { removals = [] } = request;
  const removing = removals.length > 0 ? approvedRemovals(request, removals) : sh`:`;
  const options = sh`${removals.length > 0 ? [] : ['--no-remove']} ${heldOption(request)}`;
  const script = bash`${prelude}wait_for_lock ${sh`${lockWait}`}
dpkg ${conffiles} --configure -a ||
  echo 'dpkg could not configure what an earlier run left; apt goes on with what is planned now'
${removing}
apt-get -y -q ${options} --no-download ${archivesOption(request)} ${trusted} \
  -o DPkg::Lock::Timeout=${sh`${lockWait}`} -o Dpkg::Use-Pty=0 \
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install ${target(request)}
`;
  return { title: 'apt-get install', script: script.text };
}

const trusted = sh`-o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false`;

/** Apt's own user cannot enter the folder of an upgrade; without this apt complains about it at every download. */
const ownFolder = sh`-o APT::Sandbox::User=root`;

/**
 * With the lock, apt refuses while a crash in dpkg is not repaired, which is the install's to do. A download changes
 * nothing that the lock is for.
 */
const unlocked = sh`-o Debug::NoLocking=true`;

function archivesOption({ archives }: { readonly archives: string }): Shell {
  return sh`-o ${`Dir::Cache::archives=${archives}`}`;
}

function heldOption({ held = [] }: AptRequest): Shell {
  return sh`${held.length > 0 ? ['--allow-change-held-packages'] : []}`;
}

/** `-t RELEASE NAME=VERSION ...`, in the order of the request. */
function target({ packages, release }: AptRequest): Shell {
  const words = Object.entries(packages).map(([name, version]) => `${name}=${version}`);
  return sh`${[...(release === undefined ? [] : ['-t', release]), '--', ...words]}`;
}

/** `--no-remove` has no exceptions, so with approved removals the transaction is looked at once more. */
function approvedRemovals(request: AptRequest, removals: readonly string[]): Shell {
  return bash`planned=$(apt-get -q -s install ${target(request)} < /dev/null)
for name in $(sed -n -E 's/^(Remv|Purg) ([^ ]+) .*/\2/p' <<< "$planned"); do
  case ${sh`${` ${removals.join(' ')} `}`} in
    *" $name "*) ;;
    *) echo "apt would remove $name, which was not approved" >&2; exit 100 ;;
  esac
done`;
}
