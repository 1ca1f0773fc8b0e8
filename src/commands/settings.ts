import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';

/**
 * A step's script that keeps /etc as it is now, with owners and modes, in the upgrade's `rollback/etc.tar`.
 * Written once: what a repetition finds is no longer what was there before.
 * @param base the folder that has `etc`; a test gives its own
 */
export function saveSettings(base: string = '/'): Shell {
  return bash`set -eu
umask 077
kept=$(dirname -- "$0")/../../rollback
[ ! -e "$kept/etc.tar" ] || { echo 'the settings were kept before'; exit 0; }
mkdir -p -- "$kept"
tar --create --file="$kept/etc.tar.new" --directory=${sh`${base}`} --sparse etc
sync -- "$kept/etc.tar.new"
mv -T -- "$kept/etc.tar.new" "$kept/etc.tar"
echo "kept /etc: $(stat -c %s -- "$kept/etc.tar") bytes"
`;
}

/**
 * Compares /etc with what `saveSettings` kept, for `parseSettings`. The whole difference stays on the host, in
 * the upgrade's `settings.diff`, since it may hold passwords; what is printed are names and counts of lines.
 * @param folder the upgrade's folder on the host
 * @param base the folder that has `etc`; a test gives its own
 */
export function compareSettings(folder: string, base: string = '/'): Command {
  return {
    title: 'compare /etc with what it was',
    script: bash`set -eu
folder=${sh`${folder}`}
base=${sh`${base.replace(/\/$/, '')}`}
[ -e "$folder/rollback/etc.tar" ] || exit 0
old=$(mktemp -d)
trap 'rm -rf -- "$old"' EXIT
tar --extract --file="$folder/rollback/etc.tar" --directory="$old"
(umask 077; diff --recursive --new-file --no-dereference -u "$old/etc" "$base/etc" >"$folder/settings.diff" || [ "$?" = 1 ])
(cd "$old" && find etc -type f -o -type l) | LC_ALL=C sort >"$old/before"
(cd "$base/" && find etc -type f -o -type l) | LC_ALL=C sort >"$old/after"
LC_ALL=C comm -13 "$old/before" "$old/after" | while IFS= read -r name; do
  printf 'new\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
LC_ALL=C comm -23 "$old/before" "$old/after" | while IFS= read -r name; do
  printf 'gone\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
# A link is compared by where it points to: the copy's own targets are not there.
same() {
  if [ -L "$1" ] || [ -L "$2" ]; then [ "$(readlink -- "$1")" = "$(readlink -- "$2")" ]; else cmp -s -- "$1" "$2"; fi
}
LC_ALL=C comm -12 "$old/before" "$old/after" | while IFS= read -r name; do
  same "$old/$name" "$base/$name" || printf 'changed\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
`.text,
  };
}

/** What became of the files of /etc. */
export interface SettingsChanges {
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly changed: readonly string[];
  /** New versions of settings that dpkg or ucf laid beside the edited file. */
  readonly keptBack: readonly string[];
}

/**
 * Reads what `compareSettings` printed.
 * @throws Error with the line that is not understood
 */
export function parseSettings(stdout: string): SettingsChanges {
  const files: Record<string, string[]> = { new: [], gone: [], changed: [] };
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const [kind = '', encoded] = line.split('\t');
    if (encoded === undefined || !Object.hasOwn(files, kind)) {
      throw new Error(`a line about /etc is not understood: ${JSON.stringify(line.slice(0, 200))}`);
    }
    files[kind]?.push(Buffer.from(encoded, 'base64').toString('utf8').trimEnd());
  }
  const isKeptBack = (name: string): boolean => /\.(dpkg|ucf)-(dist|new)$/.test(name);
  const fresh = files.new ?? [];
  return {
    added: fresh.filter((name) => !isKeptBack(name)),
    gone: files.gone ?? [],
    changed: files.changed ?? [],
    keptBack: [...fresh, ...(files.changed ?? [])].filter(isKeptBack),
  };
}
