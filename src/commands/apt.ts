import type { Command } from '../shell/command.ts';
import { sh } from '../shell/quote.ts';
import {
  type AptRequest,
  archivesOption,
  heldOption,
  lockWait,
  prelude,
  target,
  trusted,
  type Versions,
  versionWords,
} from './apt-request.ts';
import { bash } from './bash.ts';
import { type PlannedFile, removeUnplanned } from './downloads.ts';

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
 * Prints what `apt-get install` of exactly these versions would do by the lists that the host has, and the hash of
 * every .deb in it, for `parseTransaction`; changes nothing, not even apt's caches.
 */
export function simulate({ packages, release }: AptRequest): Command {
  const from =
    release === undefined ? bash`` : bash`APT_OPTIONS+=(-o ${sh`${`APT::Default-Release=${release}`}`})`;
  const script = bash`${prelude}quiet_caches
${from}
simulate_install ${versionWords(packages)}
`;
  return { title: 'simulate the install', script: script.text };
}

export interface DownloadRequest extends AptRequest {
  readonly archives: string;
  /** Every package that is planned; what else lies in the folder is removed first. Without it all stays. */
  readonly planned?: readonly PlannedFile[];
}

/**
 * Downloads exactly these versions, and all that comes with them, into a folder of the caller. Nothing is installed.
 * Reads the package lists anew where they name what is no longer there.
 */
export function download(request: DownloadRequest): Command {
  const folder = sh`${request.archives}`;
  const script = bash`${prelude}mkdir -p -m 0700 -- ${folder} ${folder}/partial
${request.planned === undefined ? bash`` : removeUnplanned(request.archives, request.planned)}wait_for_lock ${sh`${lockWait}`}
fetch() {
  apt-get -y -q --download-only ${archivesOption(request)} ${trusted} ${ownFolder} ${unlocked} ${heldOption(request)} \
    install ${target(request)} < /dev/null
}
if ! fetch; then
  echo 'not everything could be had: the package lists may be older than the repository, and are read anew' >&2
  update_lists || exit 100
  fetch
fi
for file in ${folder}/*.deb; do
  [ ! -e "$file" ] || sync -- "$file"
done
`;
  return { title: 'download the packages', script: script.text };
}

/**
 * Ends 0 when apt knows exactly these versions, by its lists or as installed ones. Writes none of apt's caches.
 */
export function knows(packages: Versions): Command {
  const script = bash`${prelude}quiet_caches
for each in ${versionWords(packages)}; do
  # apt-cache calls it a success when it finds no such version.
  [ -n "$(apt-cache "\${APT_OPTIONS[@]}" show "$each")" ] || { echo "unknown to apt: $each"; exit 1; }
done
`;
  return { title: 'look whether apt knows the versions', script: script.text };
}

/** Apt's own user cannot enter the folder of an upgrade; without this apt complains about it at every download. */
const ownFolder = sh`-o APT::Sandbox::User=root`;

/**
 * With the lock, apt refuses while a crash in dpkg is not repaired, which is the install's to do. A download changes
 * nothing that the lock is for.
 */
const unlocked = sh`-o Debug::NoLocking=true`;
