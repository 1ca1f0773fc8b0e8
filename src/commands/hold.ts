import { type Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';
import { ROOT } from './host-library.ts';
import { serviceLibrary } from './service-library.ts';

/** Folders of a host; a test gives its own. */
export interface HoldPlaces {
  /** What was there before is recorded below it; `hold` in it is the file that the units look for. */
  readonly folder: string;
  /** Holds the folder systemd/system and, under sysvinit, the folders of the runlevels. */
  readonly etc: string;
}

const usual: HoldPlaces = { folder: ROOT, etc: '/etc' };

/**
 * Keeps services from starting at boot, and under systemd by anybody else too, until they are released. Nothing is
 * masked, since maintainer scripts fail on masked units. Under systemd it is a drop-in with a condition; under sysvinit
 * the links are renamed as `update-rc.d disable` does, each recorded before, and no other service's links are touched.
 */
export function holdServices(names: readonly string[], places: HoldPlaces = usual): Shell {
  return bash`${prelude(names, places)}mkdir -p -- "$FOLDER/held"
if [ "$INIT" = systemd ]; then
  : > "$FOLDER/hold"
  for name in "\${NAMES[@]}"; do hold_unit "$name"; done
  systemctl daemon-reload
else
  for name in "\${NAMES[@]}"; do hold_links "$name"; done
fi
sync
echo "kept from starting: \${NAMES[*]}"
`;
}

/** Undoes `holdServices` exactly; does nothing where nothing is held. */
export function releaseServices(names: readonly string[], places: HoldPlaces = usual): Shell {
  return bash`${prelude(names, places)}for name in "\${NAMES[@]}"; do
  release_unit "$name"
  release_links "$name"
done
if [ -z "$(ls -A -- "$FOLDER/held" 2> /dev/null)" ]; then
  rm -f -- "$FOLDER/hold"
  [ ! -d "$FOLDER/held" ] || rmdir -- "$FOLDER/held"
fi
[ "$INIT" != systemd ] || systemctl daemon-reload
sync
echo "may start again: \${NAMES[*]}"
`;
}

function prelude(names: readonly string[], { folder, etc }: HoldPlaces): Shell {
  return bash`${strict}${serviceLibrary}${functions}
FOLDER=${sh`${folder}`} ETC=${sh`${etc}`} NAMES=(${sh`${names}`})
find_init
`;
}

const functions = bash`
hold_unit() {
  local folder="$ETC/systemd/system/$1.service.d" record="$FOLDER/held/$1.unit"
  [ -d "$folder" ] || [ -e "$record" ] || echo made > "$record"
  [ -e "$record" ] || echo there > "$record"
  mkdir -p -- "$folder"
  printf '# Until an upgrade has come to its end; removed by it.\n[Unit]\nConditionPathExists=!%s\n' "$FOLDER/hold" \
    > "$folder/synnefo-upgrade.conf"
}

release_unit() {
  local folder="$ETC/systemd/system/$1.service.d" record="$FOLDER/held/$1.unit"
  [ -e "$record" ] || return 0
  rm -f -- "$folder/synnefo-upgrade.conf"
  if [ "$(cat -- "$record")" = made ] && [ -d "$folder" ]; then rmdir --ignore-fail-on-non-empty -- "$folder"; fi
  rm -f -- "$record"
}

# Recorded before it is done, so that a crash in between is undone as well.
hold_links() {
  local link file number
  for link in "$ETC"/rc[2345S].d/S[0-9][0-9]"$1"; do
    [ -L "$link" ] || [ -e "$link" ] || continue
    file=\${link##*/}
    number=\${file:1:2}
    printf '%s %s\n' "$link" "\${link%/*}/K$(printf %02d $((100 - 10#$number)))$1" >> "$FOLDER/held/$1.links"
  done
  [ -e "$FOLDER/held/$1.links" ] || return 0
  sync -- "$FOLDER/held/$1.links"
  while read -r link file; do
    [ ! -L "$link" ] || mv -T -- "$link" "$file"
  done < "$FOLDER/held/$1.links"
}

release_links() {
  local link file
  [ -e "$FOLDER/held/$1.links" ] || return 0
  while read -r link file; do
    if [ -L "$file" ]; then
      mv -T -- "$file" "$link"
    elif [ ! -L "$link" ]; then
      echo "$link was changed by something else meanwhile: update-rc.d decides"
      update-rc.d "$1" enable
    fi
  done < "$FOLDER/held/$1.links"
  rm -f -- "$FOLDER/held/$1.links"
}
`;
