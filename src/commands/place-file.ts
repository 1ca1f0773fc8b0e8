import type { FileToPlace } from '../domain/plan.ts';
import { Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';

/**
 * A step's script that puts a file in its place, whole or not at all. What was there before is kept once in the
 * upgrade's `rollback/files`, under its own path; a repetition never replaces that first copy by our own file.
 */
export function placeFile(file: Omit<FileToPlace, 'source' | 'content'>, content: string): Shell {
  const encoded = new Shell(
    Buffer.from(content, 'utf8')
      .toString('base64')
      .replace(/.{1,76}/g, '$&\n'),
  );
  return bash`set -eu
path=${sh`${file.path}`}
kept=$(dirname -- "$0")/../../rollback/files
if [ -e "$path" ] || [ -L "$path" ]; then
  if [ ! -e "$kept$path" ] && [ ! -L "$kept$path" ] && [ ! -e "$kept$path.absent" ]; then
    mkdir -p -- "$kept$(dirname -- "$path")"
    cp -a -- "$path" "$kept$path"
  fi
elif [ ! -e "$kept$path" ] && [ ! -L "$kept$path" ]; then
  mkdir -p -- "$kept$(dirname -- "$path")"
  : >"$kept$path.absent"
fi
mkdir -p -- "$(dirname -- "$path")"
new=$path.synnefo-upgrade-new
trap 'rm -f -- "$new"' EXIT
(umask 077; base64 -d >"$new" <<'END_OF_FILE'
${encoded}END_OF_FILE
)
chown -- ${sh`${`${file.owner}:${file.group}`}`} "$new"
chmod -- ${sh`${file.mode}`} "$new"
if cmp -s -- "$new" "$path" && [ "$(stat -c '%a %U %G' -- "$new")" = "$(stat -c '%a %U %G' -- "$path")" ]; then
  echo "$path is as it should be"
  exit 0
fi
sync -- "$new"
mv -T -- "$new" "$path"
echo "$path was put in place"
`;
}
