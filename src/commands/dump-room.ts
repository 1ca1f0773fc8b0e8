import { RESERVE } from '../domain/disks.ts';
import { type Shell, sh } from '../shell/quote.ts';
import { bash } from './bash.ts';

/**
 * `find_room COPY BYTES` looks whether a copy of at most so many bytes fits beside RESERVE and beside what the other
 * dumps that run here may still write. ROOM_COPY is COPY then, and empty where there is no room; ROOM_FREE,
 * ROOM_PROMISED (to the others) and ROOM_NEEDED say why, in bytes.
 *
 * What was found is promised to this script in a file (CLAIM, for the caller to remove) until the script and all that
 * it started have ended: who may still write still holds its lock, whoever was killed. The folder's own lock makes one
 * dump look after the other.
 */
export const roomLibrary: Shell = bash`CLAIM=

find_room() {
  local folder=\${1%/*} blocks size claim
  mkdir -p -- "$folder"
  exec 7< "$folder"
  flock 7
  # What an earlier attempt of this very dump left.
  rm -f -- "$1.part"
  read -r blocks size < <(stat -f -L -c '%a %S' -- "$folder")
  ROOM_COPY= ROOM_FREE=$((blocks * size)) ROOM_PROMISED=0 ROOM_NEEDED=$2
  for claim in "$folder"/.claim.*; do
    [ ! -e "$claim" ] || count_claim "$claim"
  done
  if [ "$((ROOM_FREE - ROOM_PROMISED - ROOM_NEEDED))" -ge ${sh`${RESERVE}`} ]; then
    ROOM_COPY=$1
    claim_room "$1"
  fi
  exec 7<&-
}

# For a dump of which no copy is kept.
need_no_room() { ROOM_COPY= ROOM_FREE=0 ROOM_PROMISED=0 ROOM_NEEDED=$1; }

claim_room() {
  CLAIM=$(mktemp -- "\${1%/*}/.claim.XXXXXXXX")
  exec 8>> "$CLAIM"
  flock 8
  printf '%s\n%s\n' "$ROOM_NEEDED" "$1.part" >&8
}

# Adds what the dump of a claim may still write; its part so far has been taken from the free space already.
count_claim() {
  local bytes part written
  # A dump that ends meanwhile takes its claim away.
  { read -r bytes && read -r part; } 2> /dev/null < "$1" || return 0
  if flock -n "$1" true; then rm -f -- "$1"; return; fi
  written=$(stat -c %s -- "$part" 2> /dev/null) || written=0
  [ "$bytes" -le "$written" ] || ROOM_PROMISED=$((ROOM_PROMISED + bytes - written))
}
`;
