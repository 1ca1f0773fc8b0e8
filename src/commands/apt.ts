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
